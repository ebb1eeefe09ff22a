package io.shopsync.orchestrator.sync;

import io.shopsync.contracts.sync.ReplicationReason;
import io.shopsync.orchestrator.replication.pair.Pair;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.PairState;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What looking at a pair again and again tells, beyond the pair itself.
 *
 * @param behindSince since when, as far as was seen, the target lacks something
 * @param failingSince since when tries fail
 * @param movedAt when its checkpoint was last seen to have moved
 */
record PairTrack(
        PairId id,
        Optional<Instant> behindSince,
        Optional<Instant> failingSince,
        Instant movedAt,
        Optional<String> sourceSeq) {

    /** The track after a look at the pair. */
    static PairTrack next(Optional<PairTrack> before, Pair pair, Instant now) {
        var moved = before.filter(it -> Objects.equals(it.sourceSeq, pair.sourceSeq()))
                .isEmpty();
        return new PairTrack(
                pair.id(),
                isBehind(pair)
                        ? before.flatMap(PairTrack::behindSince)
                                .filter(since -> !syncedSince(pair, since))
                                .or(() -> Optional.of(now))
                        : Optional.empty(),
                fails(pair) ? before.flatMap(PairTrack::failingSince).or(() -> Optional.of(now)) : Optional.empty(),
                moved ? now : before.get().movedAt,
                pair.sourceSeq());
    }

    /** Whether tries fail; a shop that is not ready yet fails at something else. */
    static boolean fails(Pair pair) {
        return switch (pair.state()) {
            case FAILED, RETRYING -> !shopComesFirst(pair);
            case SYNCING, WAITING -> pair.attempt() > 0 && pair.lastError().isPresent() && !shopComesFirst(pair);
            case IDLE, PAUSED, PARKED -> false;
        };
    }

    private static boolean isBehind(Pair pair) {
        return switch (pair.state()) {
            case IDLE, PAUSED, PARKED -> false;
            case WAITING, SYNCING, RETRYING, FAILED -> !pair.paused() && !shopComesFirst(pair);
        };
    }

    /** Whether the target had everything meanwhile: what it lacks now is something else. */
    private static boolean syncedSince(Pair pair, Instant since) {
        return pair.lastSync().filter(since::isBefore).isPresent();
    }

    private static boolean shopComesFirst(Pair pair) {
        return pair.lastError()
                .filter(trouble -> trouble.code() == ReplicationReason.SHOP_NOT_READY)
                .isPresent();
    }

    /** Whether the target refuses documents, and nothing else is wrong. */
    static boolean refuses(Pair pair) {
        return pair.state() == PairState.PARKED;
    }
}
