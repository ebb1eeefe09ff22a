package io.shopsync.orchestrator.reconcile;

import java.time.Duration;
import java.util.function.LongUnaryOperator;

/**
 * Pauses that double up to a bound, each somewhere between half and all of its length, so that shops that failed
 * together do not return together.
 *
 * @param random a number from zero up to, and without, the one given
 */
record Backoff(Duration first, Duration longest, LongUnaryOperator random) {

    private static final int MOST_DOUBLINGS = 20;

    /** The pause after this failed attempt, counted from 1. */
    Duration after(int attempt) {
        var doublings = Math.clamp(attempt - 1L, 0, MOST_DOUBLINGS);
        var pause = Math.min(first.toMillis() << doublings, longest.toMillis());
        return jittered(Duration.ofMillis(pause));
    }

    /** Between half and all of this. */
    Duration jittered(Duration longest) {
        var half = Math.max(1, longest.toMillis() / 2);
        return Duration.ofMillis(half + random.applyAsLong(half));
    }
}
