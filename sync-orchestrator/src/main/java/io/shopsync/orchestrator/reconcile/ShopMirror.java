package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.couchdb.CouchConfig;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.security.SecurityPolicy;
import java.util.List;
import java.util.Set;
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
        return take(shop, (wished, observed) -> all(planner.plan(wished, observed)))
                .steps();
    }

    /**
     * The same, but new databases are left closed and without a guard: filled so, they are filled several times faster.
     * {@link #open} is for when they are.
     *
     * @throws RuntimeException the failure to act on; what was done until then stays
     */
    public Brought bringAboutUnfilled(DesiredShop shop) {
        return take(
                shop,
                (wished, observed) ->
                        new Brought(planner.planUnfilled(wished, observed), ShopPlanner.unfilled(wished, observed)));
    }

    /**
     * Guards a database that was filled, and opens it to its shop.
     *
     * @throws RuntimeException the failure to act on; then it may have its guard, and is still closed
     */
    public void open(ShopDatabase database) {
        applier.apply(planner.planOpening(database));
    }

    /** Leaves nothing of the shop there; returns the steps it took. */
    public List<Step> remove(DesiredShop shop) {
        return take(shop, (wished, observed) -> all(planner.planRemoval(wished, observed)))
                .steps();
    }

    /**
     * What was done.
     *
     * @param unfilled databases that await their documents, their guard and their {@code _security}
     */
    public record Brought(List<Step> steps, Set<ShopDatabase> unfilled) {}

    private static Brought all(List<Step> steps) {
        return new Brought(steps, Set.of());
    }

    private Brought take(DesiredShop shop, BiFunction<DesiredShop, ObservedShop, Brought> plan) {
        for (int look = 1; ; look++) {
            var brought = plan.apply(shop, observer.observe(shop));
            try {
                applier.apply(brought.steps());
                return brought;
            } catch (RuntimeException e) {
                if (!Failure.of(e).changedMeanwhile() || look == MOST_LOOKS) {
                    throw e;
                }
            }
        }
    }
}
