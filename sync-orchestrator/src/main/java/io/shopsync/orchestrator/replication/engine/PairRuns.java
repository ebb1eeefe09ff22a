package io.shopsync.orchestrator.replication.engine;

import io.shopsync.orchestrator.replication.pair.Pair;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.PairLedger;
import io.shopsync.orchestrator.replication.pair.PairState;
import io.shopsync.orchestrator.replication.pair.RunEnd;
import io.shopsync.orchestrator.work.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Enters runs into the ledger, and says what their end means for the queue. */
@ApplicationScoped
public class PairRuns {

    private final PairLedger ledger;
    private final ReplicationConfig config;

    PairRuns(PairLedger ledger, ReplicationConfig config) {
        this.ledger = ledger;
        this.config = config;
    }

    /** Runs the pair if it may run now. */
    public WorkOutcome run(PairId id, Engine engine, Function<Pair, RunEnd> run) {
        var pair = ledger.begin(id, engine.kind());
        if (pair.paused()) {
            engine.halt(List.of(id));
            return new WorkOutcome.Done();
        }
        if (pair.state() != PairState.SYNCING) {
            var wait = Duration.between(Instant.now(), pair.nextAttempt().orElseGet(Instant::now));
            return new WorkOutcome.Later(wait.isNegative() ? Duration.ZERO : wait);
        }
        var end = run.apply(pair);
        ledger.end(id, end);
        return outcome(end);
    }

    private WorkOutcome outcome(RunEnd end) {
        if (end.retryIn().isPresent()) {
            return new WorkOutcome.Later(end.retryIn().get());
        }
        return switch (end.state()) {
            case WAITING -> new WorkOutcome.More();
            // Documents that were refused are tried again, if nothing else wakes the database before.
            case RETRYING -> new WorkOutcome.Later(config.firstRetryOfDocuments());
            // Somebody else copies: how far that came is looked at again.
            case SYNCING -> new WorkOutcome.Later(config.jobs().lookEvery());
            case IDLE, PAUSED, FAILED, PARKED -> new WorkOutcome.Done();
        };
    }
}
