package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.Envelope;
import io.shopsync.orchestrator.desired.Claim;
import io.shopsync.orchestrator.desired.Outcome;
import java.util.Optional;

/**
 * What became of a claim.
 *
 * @param report what is told of it, where that is news
 */
record Reconciled(Claim claim, Outcome outcome, Optional<Envelope<?>> report) {

    Reconciled(Claim claim, Outcome outcome, Envelope<?> report) {
        this(claim, outcome, Optional.of(report));
    }

    Reconciled(Claim claim, Outcome outcome) {
        this(claim, outcome, Optional.empty());
    }
}
