package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.desired.DesiredShops;
import io.shopsync.orchestrator.desired.ShopStatus;
import io.shopsync.orchestrator.security.SecurityPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Compares what is wished for a shop with what CouchDB has, without changing anything. */
@ApplicationScoped
public class ShopStates {

    private final DesiredShops shops;
    private final ShopObserver observer;
    private final ShopPlanner planner;

    ShopStates(DesiredShops shops, ShopObserver observer, SecurityPolicy policy) {
        this.shops = shops;
        this.observer = observer;
        this.planner = new ShopPlanner(policy);
    }

    /** The state of a shop, unless it never signed up. */
    Optional<StateView> of(ShopId shop) {
        return shops.find(shop).map(status -> StateView.of(status, look(status)));
    }

    /**
     * The steps that would make CouchDB match the last wish; none means that it does.
     *
     * @throws RuntimeException where CouchDB could not be asked: what is not known is never taken for right
     */
    public List<Step> differences(DesiredShop desired) {
        return planner.plan(desired, observer.observe(desired));
    }

    private StateView.Observation look(ShopStatus status) {
        var now = Instant.now();
        try {
            var observed = observer.observe(status.desired());
            return StateView.seen(observed, planner.plan(status.desired(), observed), now);
        } catch (RuntimeException e) {
            var failure = Failure.of(e);
            if (failure.isDefect()) {
                throw e;
            }
            return StateView.unknown(failure.reason().code().name(), now);
        }
    }
}
