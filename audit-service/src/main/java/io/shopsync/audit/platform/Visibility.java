package io.shopsync.audit.platform;

import io.shopsync.contracts.ShopId;
import io.shopsync.platform.Caller;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.Set;

/** Which shops the sender of the present request may read about. */
@RequestScoped
public class Visibility {

    private final Caller caller;

    Visibility(Caller caller) {
        this.caller = caller;
    }

    /**
     * The shops that a list is about: the one asked for, else all that the caller may see; empty means all there are.
     *
     * @throws io.shopsync.platform.ProblemException where the caller may not see the shop asked for
     */
    public Optional<Set<ShopId>> of(Optional<ShopId> asked) {
        asked.ifPresent(caller::requireAccessTo);
        return asked.map(Set::of).or(caller::visibleShops);
    }

    /**
     * The shop whose id is in a path.
     *
     * @throws io.shopsync.platform.ProblemException where it is no shop id, or the caller may not see the shop
     */
    public ShopId require(String id) {
        var shop = ListParams.shop("id", id).orElseThrow();
        caller.requireAccessTo(shop);
        return shop;
    }

    /** Whether the caller may see what is about this shop. */
    public boolean includes(String shop) {
        return caller.visibleShops()
                .map(own -> own.stream().anyMatch(id -> id.value().equals(shop)))
                .orElse(true);
    }
}
