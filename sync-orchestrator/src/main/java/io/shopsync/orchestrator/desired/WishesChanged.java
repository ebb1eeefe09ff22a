package io.shopsync.orchestrator.desired;

import io.shopsync.contracts.ShopId;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Shops have other wishes; told inside the service, in the transaction that stores them.
 *
 * @param over those that were deleted since, whether or not somebody has signed up under their id again
 */
public record WishesChanged(Collection<DesiredShop> shops, Set<ShopId> over) {

    public WishesChanged {
        shops = List.copyOf(shops);
        over = Set.copyOf(over);
    }
}
