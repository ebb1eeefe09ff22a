package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.Envelope;
import io.shopsync.orchestrator.desired.Claim;
import io.shopsync.orchestrator.desired.Outcome;
import java.util.Optional;

/**
 * What became of a claim.
 *
 * @param report what is told of it, where that is news
 * @param drift what was put right on a shop that should have been right
 */
record Reconciled(Claim claim, Outcome outcome, Optional<Envelope<?>> report, Optional<Drift> drift) {

    Reconciled(Claim claim, Outcome outcome, Envelope<?> report) {
        this(claim, outcome, Optional.of(report), Optional.empty());
    }

    Reconciled(Claim claim, Outcome outcome) {
        this(claim, outcome, Optional.empty(), Optional.empty());
    }
}
