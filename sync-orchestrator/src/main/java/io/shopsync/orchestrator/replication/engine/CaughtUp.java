package io.shopsync.orchestrator.replication.engine;

import io.shopsync.contracts.sync.ReplicationReason;
import io.shopsync.orchestrator.replication.pair.Pair;
import io.shopsync.orchestrator.replication.pair.PairState;
import io.shopsync.orchestrator.replication.pair.Refusals;
import io.shopsync.orchestrator.replication.pair.RunEnd;
import java.util.Optional;
import java.util.OptionalLong;

/** The end of a run after which the target has all but what it refuses. */
public final class CaughtUp {

    private CaughtUp() {}

    /**
     * The end.
     *
     * @param refused what the target lacks because it refuses it
     * @param sourceSeq up to where the target has the source
     */
    public static RunEnd end(Refusals.Stand refused, String sourceSeq, Pair.Totals did) {
        var state =
                refused.all() == 0 ? PairState.IDLE : refused.triedAgain() == 0 ? PairState.PARKED : PairState.RETRYING;
        return new RunEnd(
                state,
                true,
                refused.all() == 0 ? Optional.empty() : Optional.of(ReplicationReason.DOCUMENTS_REFUSED),
                refused.all() + " documents are refused",
                Optional.empty(),
                OptionalLong.of(0),
                Optional.of(sourceSeq),
                did);
    }
}
