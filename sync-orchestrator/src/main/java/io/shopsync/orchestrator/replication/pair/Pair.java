package io.shopsync.orchestrator.replication.pair;

import io.shopsync.contracts.sync.ReplicationReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the replication of a pair stands.
 *
 * @param attempt failures since the last success
 * @param nextAttempt when a failed one is tried again
 * @param lastSync when the target last had all that the source had
 * @param lastRun when a run last ended
 * @param lastError why the last run failed; empty after a success
 * @param pending changes of the source still to come at the end of the last run, where that is known
 * @param sourceSeq the sequence of the source that both sides remember
 * @param refusedNow documents that are not at the target because it refuses them
 */
public record Pair(
        PairId id,
        EngineKind engine,
        PairState state,
        Instant stateSince,
        boolean paused,
        int attempt,
        Optional<Instant> nextAttempt,
        Optional<Instant> lastSync,
        Optional<Instant> lastRun,
        Optional<Trouble> lastError,
        OptionalLong pending,
        Optional<String> sourceSeq,
        boolean resetRequested,
        long refusedNow,
        Totals totals) {

    /** Why a run failed: a stable code, and words for people. */
    public record Trouble(ReplicationReason code, String detail, Instant at) {}

    /**
     * What all runs have done since the pair exists.
     *
     * @param read revisions read at the source
     * @param written revisions that the target took
     * @param refused revisions that were not copied, each time counted
     * @param bytes of JSON read
     * @param busy how long runs took
     */
    public record Totals(long runs, long read, long written, long refused, long bytes, Duration busy) {

        /** Nothing yet. */
        public static final Totals NOTHING = new Totals(0, 0, 0, 0, 0, Duration.ZERO);
    }

    /** Whether a run may begin. */
    public boolean mayRun(Instant now) {
        return !paused && nextAttempt.filter(now::isBefore).isEmpty();
    }
}
