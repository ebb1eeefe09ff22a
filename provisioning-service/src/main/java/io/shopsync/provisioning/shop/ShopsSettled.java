package io.shopsync.provisioning.shop;

import io.shopsync.contracts.ShopId;
import java.time.Instant;
import java.util.Map;

/**
 * CouchDB was made to match the present wish of these shops, or was seen to be unable to. Fired in the transaction that
 * stores it.
 *
 * @param shops with the status that each has come to
 */
public record ShopsSettled(Map<ShopId, ShopStatus> shops, Instant at) {

    public ShopsSettled {
        shops = Map.copyOf(shops);
    }
}
