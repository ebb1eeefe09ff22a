package io.shopsync.orchestrator.replication.pair;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A revision that was not copied.
 *
 * @param side {@code SOURCE} where it could not be read, {@code TARGET} where it was not taken
 * @param parked whether it waits for the guard to change or for someone to ask, as against for a later run
 */
@Schema(name = "RefusedDocument")
public record RefusalView(
        String database,
        String target,
        String direction,
        String documentId,
        String revision,
        String side,
        String cause,
        String reason,
        boolean parked,
        int attempts,
        Instant refusedAt,
        Instant triedAt) {

    static RefusalView of(Refusal refusal) {
        return new RefusalView(
                refusal.pair().database().name().value(),
                refusal.pair().target(),
                refusal.pair().direction().name(),
                refusal.documentId(),
                refusal.revision(),
                refusal.side(),
                refusal.cause(),
                refusal.reason(),
                refusal.parked(),
                refusal.attempts(),
                refusal.refusedAt(),
                refusal.triedAt());
    }
}
