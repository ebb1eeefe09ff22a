package io.shopsync.audit.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An event of any type, known to this version or not, without what must not be kept.
 *
 * @param time when it happened, in milliseconds' precision
 * @param data the event's own members, redacted
 */
public record IncomingEvent(
        UUID id,
        Instant time,
        ShopId shop,
        String type,
        Topic topic,
        String source,
        Optional<UUID> cause,
        Optional<String> actor,
        ObjectNode data) {}
