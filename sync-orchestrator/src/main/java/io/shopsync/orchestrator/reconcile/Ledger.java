package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.Envelope;
import io.shopsync.eventing.Outbox;
import io.shopsync.eventing.Outbox.Traced;
import io.shopsync.orchestrator.couchdb.CouchUnavailable;
import io.shopsync.orchestrator.desired.Claim;
import io.shopsync.orchestrator.desired.Lane;
import io.shopsync.orchestrator.desired.Outcome;
import io.shopsync.orchestrator.desired.Wanted;
import io.shopsync.orchestrator.desired.WorkQueue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The queue's transactions together with the events that tell of them: for many shops in one commit. */
@ApplicationScoped
class Ledger {

    private final WorkQueue queue;
    private final Outbox outbox;
    private final DriftNotes notes;
    private final DriftReports reports;

    Ledger(WorkQueue queue, Outbox outbox, DriftNotes notes, DriftReports reports) {
        this.queue = queue;
        this.outbox = outbox;
        this.notes = notes;
        this.reports = reports;
    }

    /** Claims shops, and tells of those whose provisioning begins. */
    @Transactional
    public List<Claim> claim(Lane lane, int limit, String worker, Duration lease) {
        var claims = queue.claim(lane, limit, worker, lease);
        var now = Instant.now();
        outbox.publishTraced(claims.stream()
                .filter(Ledger::beginsProvisioning)
                .map(claim -> new Traced(
                        Reports.started(claim.desired(), now),
                        claim.desired().wish().traceparent()))
                .toList());
        return claims;
    }

    /**
     * Records outcomes and what is told of them, of claims that were not lost meanwhile.
     *
     * @return for each whether its claim still stood
     */
    @Transactional
    public List<Boolean> record(List<Reconciled> all) {
        var own = queue.finish(all.stream().collect(Collectors.toMap(Reconciled::claim, Reconciled::outcome)));
        var counted = all.stream()
                .filter(reconciled -> own.contains(reconciled.claim()))
                .toList();
        outbox.publishTraced(counted.stream()
                .flatMap(reconciled -> report(reconciled).stream())
                .toList());
        outbox.publish(drift(counted));
        return all.stream().map(reconciled -> own.contains(reconciled.claim())).toList();
    }

    /**
     * Tells shops whose wish waits that CouchDB is away, those that were not told yet.
     *
     * @return how many there were, at most {@code limit}
     */
    @Transactional
    public int hold(CouchUnavailable away, Duration retryIn, int limit) {
        var now = Instant.now();
        var failure = Failure.of(away);
        var held = queue.hold(failure.reason().code(), failure.detail(), limit);
        outbox.publishTraced(held.stream()
                .map(shop -> new Traced(
                        Reports.delayed(shop.shop(), shop.cause(), failure, shop.attempt(), now.plus(retryIn), now),
                        shop.traceparent()))
                .toList());
        return held.size();
    }

    private static Optional<Traced> report(Reconciled reconciled) {
        return reconciled.report().map(report -> new Traced(report, traceparent(reconciled.claim())));
    }

    /** What is told of the shops that were found otherwise than they should be, by whichever claim, and are right now. */
    private List<Envelope<?>> drift(List<Reconciled> counted) {
        var right = counted.stream()
                .filter(reconciled -> reconciled.outcome() instanceof Outcome.Settled)
                .map(Reconciled::claim)
                // Nobody has looked before: nothing can be noted.
                .filter(claim -> !claim.isFirstEver())
                .collect(Collectors.toMap(Claim::shop, Claim::desired));
        if (right.isEmpty()) {
            return List.of();
        }
        var told = new ArrayList<Envelope<?>>();
        notes.take(right.keySet())
                .forEach(
                        (shop, differences) -> told.addAll(reports.of(right.get(shop), Optional.empty(), differences)));
        return told;
    }

    /** What is found in a later look is no part of the trace by which the wish came. */
    private static Optional<String> traceparent(Claim claim) {
        return claim.wishWaits() ? claim.desired().wish().traceparent() : Optional.empty();
    }

    private static boolean beginsProvisioning(Claim claim) {
        return claim.wishWaits() && claim.attempt() == 1 && claim.desired().wanted() instanceof Wanted.Active;
    }
}
