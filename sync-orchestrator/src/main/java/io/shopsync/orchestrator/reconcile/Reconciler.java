package io.shopsync.orchestrator.reconcile;

import io.shopsync.orchestrator.desired.Claim;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.desired.Wanted;
import io.shopsync.orchestrator.security.SecurityPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/** Makes CouchDB match the wish of one claimed shop, from whatever state it is in, and says what became of it. */
@ApplicationScoped
class Reconciler {

    private static final Logger LOG = Logger.getLogger(Reconciler.class);

    /** How often a shop is looked at anew at once because someone else works on the same databases. */
    private static final int MOST_LOOKS = 4;

    private final ShopObserver observer;
    private final StepApplier applier;
    private final ShopPlanner planner;
    private final String policy;
    private final DriftNotes notes;
    private final OpenFeeds feeds;
    private final Verdicts verdicts;
    private final Instance<BeforeRemoval> beforeRemoval;

    Reconciler(
            ShopObserver observer,
            StepApplier applier,
            SecurityPolicy policy,
            DriftNotes notes,
            OpenFeeds feeds,
            Verdicts verdicts,
            @Any Instance<BeforeRemoval> beforeRemoval) {
        this.observer = observer;
        this.applier = applier;
        this.planner = new ShopPlanner(policy);
        this.policy = policy.fingerprint();
        this.notes = notes;
        this.feeds = feeds;
        this.verdicts = verdicts;
        this.beforeRemoval = beforeRemoval;
    }

    /** What became of the claim; a failure is an outcome, too. */
    Reconciled reconcile(Claim claim) {
        try {
            if (claim.startsAfresh() || claim.desired().wanted() instanceof Wanted.Deleted) {
                beforeRemoval.forEach(part -> part.before(claim.desired()));
            }
            if (claim.startsAfresh()) {
                bringAbout(claim, false, planner::planRemoval);
            }
            var purge = claim.purgeDue(Instant.now());
            var work = bringAbout(claim, !purge && shouldBeRight(claim), purge ? planner::planRemoval : planner::plan);
            feeds.follow(claim, work.steps());
            return verdicts.settled(claim, purge, work);
        } catch (RuntimeException e) {
            return verdicts.unsettled(claim, e);
        }
    }

    /** Whether what differs is drift: not a wish that waits, nor rules that were changed meanwhile. */
    private boolean shouldBeRight(Claim claim) {
        return !claim.wishWaits() && claim.appliedPolicy().equals(Optional.of(policy));
    }

    private Work bringAbout(Claim claim, boolean right, BiFunction<DesiredShop, ObservedShop, List<Step>> plan) {
        var desired = claim.desired();
        // Nobody ever worked on the shop: most likely there is nothing to see. Where there is, creating tells.
        var found = claim.isFirstEver() ? ObservedShop.nothingOf(desired) : observer.observe(desired);
        for (int look = 1; ; look++) {
            var steps = plan.apply(desired, found);
            if (right) {
                note(claim, steps, found);
            }
            try {
                return new Work(steps, applier.apply(steps));
            } catch (RuntimeException e) {
                if (!Failure.of(e).changedMeanwhile() || look == MOST_LOOKS) {
                    throw e;
                }
                LOG.debugf("looking again: %s", e.getMessage());
                found = observer.observe(desired);
            }
        }
    }

    private void note(Claim claim, List<Step> steps, ObservedShop found) {
        notes.note(claim, steps.stream().map(step -> Difference.of(step, found)).toList());
    }
}
