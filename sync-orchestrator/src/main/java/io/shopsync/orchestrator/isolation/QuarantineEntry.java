package io.shopsync.orchestrator.isolation;

import java.time.Instant;
import java.util.Optional;

/**
 * A quarantined document and what became of it.
 *
 * @param action what the policy did to the original; empty until it is settled
 */
record QuarantineEntry(
        Quarantined document, QuarantineState state, Optional<String> action, Optional<Decision> decision) {

    /**
     * What a person decided.
     *
     * @param releaseTo empty where it is discarded
     * @param releasedInto physical name of the database it is written to; empty where it is discarded
     * @param reason why it is discarded; empty where it is released
     */
    record Decision(
            String by,
            Instant at,
            Optional<ReleaseTo> releaseTo,
            Optional<String> releasedInto,
            Optional<String> reason) {}

    boolean isReleased(ReleaseTo to) {
        return (state == QuarantineState.RELEASING || state == QuarantineState.RELEASED)
                && decision.flatMap(Decision::releaseTo).filter(to::equals).isPresent();
    }

    boolean isDiscarded() {
        return state == QuarantineState.DISCARDING || state == QuarantineState.DISCARDED;
    }
}
