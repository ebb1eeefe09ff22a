package io.shopsync.audit.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonCloudEventData;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;
import io.shopsync.eventing.EnvelopeCodec;
import io.shopsync.eventing.EventJson;
import io.shopsync.eventing.UnreadableEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads a record's value. Whatever is a CloudEvent about a shop at a believable time is an event, also of a type that
 * this version does not know: an audit that forgets what it does not understand is none.
 */
final class EventReader {

    /** ShopSync did not exist before; a time earlier than this is a broken clock. */
    static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");

    /** How far the clock of a publisher may be ahead of ours. */
    static final Duration AHEAD = Duration.ofDays(1);

    private final Clock clock;

    EventReader(Clock clock) {
        this.clock = clock;
    }

    /** @throws UnreadableEvent with the reason that is put aside with the record */
    IncomingEvent read(Topic topic, byte[] value) throws UnreadableEvent {
        var event = EnvelopeCodec.parse(value);
        try {
            return new IncomingEvent(
                    UUID.fromString(event.getId()),
                    believable(event.getTime().toInstant().truncatedTo(ChronoUnit.MILLIS)),
                    new ShopId(event.getSubject()),
                    event.getType(),
                    topic,
                    event.getSource().toString(),
                    extension(event, "cause").map(UUID::fromString),
                    extension(event, "actor"),
                    data(event));
        } catch (RuntimeException e) {
            throw new UnreadableEvent("the CloudEvent " + event.getId() + " is not one of a shop", e);
        }
    }

    private Instant believable(Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(clock.instant().plus(AHEAD))) {
            throw new IllegalArgumentException("its time " + time + " is not believable");
        }
        return time;
    }

    private static ObjectNode data(CloudEvent event) {
        var data = switch (event.getData()) {
            case null -> EventJson.mapper().createObjectNode();
            case JsonCloudEventData json when json.getNode() instanceof ObjectNode object -> object;
            default -> throw new IllegalArgumentException("its data are not a JSON object");
        };
        Redaction.apply(data);
        return data;
    }

    private static Optional<String> extension(CloudEvent event, String name) {
        return Optional.ofNullable(event.getExtension(name)).map(Object::toString);
    }
}
