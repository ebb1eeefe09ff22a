package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.couchdb.CouchConfig;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.security.SecurityPolicy;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

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
     * Makes that CouchDB match the wish.
     *
     * @param before hears of what differs before any of it is put right, at each look anew
     * @throws RuntimeException the failure to act on; what was done until then stays
     */
    public void bringAbout(DesiredShop shop, Consumer<List<Difference>> before) {
        take(shop, (wished, observed) -> Plan.of(planner.plan(wished, observed)), before);
    }

    /**
     * The same, but new databases are left closed and without a guard: filled so, they are filled several times faster.
     * {@link #open} is for when they are.
     *
     * @param filling databases of which it is known that they are being filled: that they have no guard is no difference
     * @param before as above; hears also of what only {@link #open} will put right
     * @return those that await their documents, their guard and their {@code _security}
     * @throws RuntimeException the failure to act on; what was done until then stays
     */
    public Set<ShopDatabase> bringAboutUnfilled(
            DesiredShop shop, Set<ShopDatabase> filling, Consumer<List<Difference>> before) {
        return take(
                        shop,
                        (wished, observed) -> new Plan(
                                planner.planUnfilled(wished, observed),
                                planner.plan(wished, observed).stream()
                                        .filter(step -> !(step instanceof Step.OnDatabase on
                                                && filling.contains(on.database())))
                                        .toList(),
                                ShopPlanner.unfilled(wished, observed)),
                        before)
                .unfilled();
    }

    /**
     * Guards a database that was filled, and opens it to its shop.
     *
     * @throws RuntimeException the failure to act on; then it may have its guard, and is still closed
     */
    public void open(ShopDatabase database) {
        applier.apply(planner.planOpening(database));
    }

    /** Leaves nothing of the shop there. */
    public void remove(DesiredShop shop) {
        take(shop, (wished, observed) -> Plan.of(planner.planRemoval(wished, observed)), _ -> {});
    }

    /**
     * What is to be done.
     *
     * @param steps to take now
     * @param mending what puts right all that differs, now or later
     */
    private record Plan(List<Step> steps, List<Step> mending, Set<ShopDatabase> unfilled) {

        static Plan of(List<Step> steps) {
            return new Plan(steps, steps, Set.of());
        }
    }

    private Plan take(
            DesiredShop shop, BiFunction<DesiredShop, ObservedShop, Plan> planning, Consumer<List<Difference>> before) {
        for (int look = 1; ; look++) {
            var found = observer.observe(shop);
            var plan = planning.apply(shop, found);
            before.accept(plan.mending().stream()
                    .map(step -> Difference.of(step, found))
                    .toList());
            try {
                applier.apply(plan.steps());
                return plan;
            } catch (RuntimeException e) {
                if (!Failure.of(e).changedMeanwhile() || look == MOST_LOOKS) {
                    throw e;
                }
            }
        }
    }
}
