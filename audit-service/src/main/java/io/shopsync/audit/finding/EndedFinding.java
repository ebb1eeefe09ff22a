package io.shopsync.audit.finding;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.audit.intake.IncomingEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a finding came to that went on after it was raised.
 *
 * @param id of the event that told of it
 * @param finding the id of the finding
 * @param details these take the place of the finding's own of the same names, a JSON object of texts
 */
record EndedFinding(UUID id, UUID finding, Instant time, String details) {

    /** Reads the event; empty where it does not say which finding it is about: the ledger has it all the same. */
    static Optional<EndedFinding> from(IncomingEvent event) {
        if (!(event.data().get("details") instanceof ObjectNode details)) {
            return Optional.empty();
        }
        try {
            var finding = UUID.fromString(event.data().path("findingId").asText());
            return Optional.of(new EndedFinding(event.id(), finding, event.time(), details.toString()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
