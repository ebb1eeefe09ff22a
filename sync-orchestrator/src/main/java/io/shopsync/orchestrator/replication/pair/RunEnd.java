package io.shopsync.orchestrator.replication.pair;

import io.shopsync.contracts.sync.ReplicationReason;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a run of a pair ended.
 *
 * @param state the pair's now
 * @param caughtUp whether the target has all that the source had, but for what it refuses
 * @param reason why it is not idle, where something stands in the way
 * @param detail for people; empty without a reason
 * @param retryIn no run begins before; empty where one may begin at once
 * @param pending changes of the source still to come, where it told
 * @param sourceSeq the sequence that both sides remember, where one is known
 * @param did what the run did
 */
public record RunEnd(
        PairState state,
        boolean caughtUp,
        Optional<ReplicationReason> reason,
        String detail,
        Optional<Duration> retryIn,
        OptionalLong pending,
        Optional<String> sourceSeq,
        Pair.Totals did) {

    private static final int LONGEST_DETAIL = 300;

    public RunEnd {
        detail = detail.replaceAll("\\p{Cntrl}", " ");
        detail = detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL) + '…';
    }

    /** Nothing was run, because of this. */
    public static RunEnd without(PairState state, ReplicationReason reason, String detail, Optional<Duration> retryIn) {
        return new RunEnd(
                state,
                false,
                Optional.of(reason),
                detail,
                retryIn,
                OptionalLong.empty(),
                Optional.empty(),
                Pair.Totals.NOTHING);
    }
}
