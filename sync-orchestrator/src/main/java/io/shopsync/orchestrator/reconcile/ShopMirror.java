package io.shopsync.orchestrator.reconcile;

import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.couchdb.CouchConfig;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.security.SecurityPolicy;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Brings shops about on another CouchDB than the one they live in: the same databases, guards, {@code _security} and
 * logins, by the same plan.
 */
public final class ShopMirror {

    /** How often a shop is looked at anew at once because someone else works on the same databases. */
    private static final int MOST_LOOKS = 4;

    private final ShopObserver observer;
    private final StepApplier applier;
    private final ShopPlanner planner;

    /** @param metrics count the steps taken there, too */
    public ShopMirror(Couch couch, SecurityPolicy policy, CouchConfig config, ReconcileMetrics metrics) {
        var logins = new LoginStore(couch);
        this.observer = new ShopObserver(couch, logins);
        this.applier = new StepApplier(couch, logins, policy, config, metrics);
        this.planner = new ShopPlanner(policy);
    }

    /**
     * Makes that CouchDB match the wish; returns the steps it took.
     *
     * @throws RuntimeException the failure to act on; what was done until then stays
     */
    public List<Step> bringAbout(DesiredShop shop) {
        return take(shop, planner::plan);
    }

    /** Leaves nothing of the shop there; returns the steps it took. */
    public List<Step> remove(DesiredShop shop) {
        return take(shop, planner::planRemoval);
    }

    private List<Step> take(DesiredShop shop, BiFunction<DesiredShop, ObservedShop, List<Step>> plan) {
        for (int look = 1; ; look++) {
            var steps = plan.apply(shop, observer.observe(shop));
            try {
                applier.apply(steps);
                return steps;
            } catch (RuntimeException e) {
                if (!Failure.of(e).changedMeanwhile() || look == MOST_LOOKS) {
                    throw e;
                }
            }
        }
    }
}
