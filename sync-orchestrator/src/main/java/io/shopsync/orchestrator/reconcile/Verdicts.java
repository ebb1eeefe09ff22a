package io.shopsync.orchestrator.reconcile;

import io.shopsync.orchestrator.desired.Claim;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.desired.Outcome;
import io.shopsync.orchestrator.desired.Wanted;
import io.shopsync.orchestrator.security.SecurityPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/** Says what the end of some work on a shop means: when the shop is due again, and what is told of it. */
@ApplicationScoped
class Verdicts {

    private static final Logger LOG = Logger.getLogger(Verdicts.class);

    private final String policy;
    private final ReconcileConfig config;
    private final Backoff backoff;

    Verdicts(SecurityPolicy policy, ReconcileConfig config) {
        this.policy = policy.fingerprint();
        this.config = config;
        this.backoff = new Backoff(
                config.firstRetry(),
                config.longestRetry(),
                bound -> ThreadLocalRandom.current().nextLong(bound));
    }

    /** CouchDB matches the wish. */
    Reconciled settled(Claim claim, boolean purge, Work work) {
        var now = Instant.now();
        var desired = claim.desired();
        var purged = purge || claim.purged();
        var outcome = new Outcome.Settled(policy, purged, nextLook(desired, purged, now));
        if (claim.wishWaits() || purge) {
            return new Reconciled(claim, outcome, Reports.settled(desired, purged, work.readyAt(), now));
        }
        return new Reconciled(claim, outcome);
    }

    /** Something stood in the way. */
    Reconciled unsettled(Claim claim, RuntimeException thrown) {
        var failure = Failure.of(thrown);
        if (failure.isDefect()) {
            LOG.error("a shop cannot be worked on", thrown);
        } else {
            LOG.infof("attempt %d: %s: %s", claim.attempt(), failure.reason().code(), failure.detail());
        }
        var givenUp = failure.isDefect() && claim.attempt() >= config.triesOfDefects();
        return failure.reason().passes() && !givenUp ? delayed(claim, failure) : failed(claim, failure);
    }

    private Reconciled delayed(Claim claim, Failure failure) {
        var now = Instant.now();
        var pause = backoff.after(claim.attempt());
        var reason = failure.reason().code();
        var outcome = new Outcome.Delayed(reason, failure.detail(), pause);
        var news = !claim.waitedFor(reason) || Integer.bitCount(claim.attempt()) == 1;
        return claim.wishWaits() && news
                ? new Reconciled(
                        claim,
                        outcome,
                        Reports.delayed(
                                claim.shop(),
                                claim.desired().wish().event(),
                                failure,
                                claim.attempt(),
                                now.plus(pause),
                                now))
                : new Reconciled(claim, outcome);
    }

    private Reconciled failed(Claim claim, Failure failure) {
        var reason = failure.reason().code();
        var outcome = new Outcome.Failed(reason, failure.detail(), fullPass());
        var news = !claim.failed() || !claim.waitedFor(reason);
        return claim.wishWaits() && news
                ? new Reconciled(claim, outcome, Reports.failed(claim.desired(), failure, Instant.now()))
                : new Reconciled(claim, outcome);
    }

    private Optional<Duration> nextLook(DesiredShop desired, boolean purged, Instant now) {
        if (purged) {
            return Optional.empty();
        }
        var pass = fullPass();
        if (desired.wanted() instanceof Wanted.Deleted(var purgeAfter)) {
            var untilPurge = Duration.between(now, purgeAfter);
            return Optional.of(untilPurge.compareTo(pass) < 0 ? untilPurge : pass);
        }
        return Optional.of(pass);
    }

    private Duration fullPass() {
        return backoff.jittered(config.fullPass());
    }
}
