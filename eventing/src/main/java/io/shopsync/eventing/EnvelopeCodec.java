package io.shopsync.eventing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.Event;
import io.shopsync.contracts.EventTypes;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * Envelopes as structured-mode CloudEvents 1.0 in JSON ({@code application/cloudevents+json}): the whole event is the
 * record's value, so that a record can be read, stored and replayed without its headers.
 *
 * <p>The cause and the actor are the extension attributes {@code cause} and {@code actor}.
 */
public final class EnvelopeCodec {

    /** The media type of an encoded envelope. */
    public static final String CONTENT_TYPE = JsonFormat.CONTENT_TYPE;

    private static final String CAUSE = "cause";
    private static final String ACTOR = "actor";
    private static final JsonFormat FORMAT = new JsonFormat();

    private EnvelopeCodec() {}

    /** The envelope as the bytes of a Kafka record's value. */
    public static byte[] encode(Envelope<?> envelope) {
        var body = envelope.body();
        var builder = CloudEventBuilder.v1()
                .withId(envelope.id().toString())
                .withSource(URI.create(envelope.source()))
                .withType(EventTypes.nameOf(body.getClass()))
                .withSubject(body.shop().value())
                .withTime(envelope.time().atOffset(ZoneOffset.UTC))
                .withData(
                        "application/json",
                        JsonCloudEventData.wrap(EventJson.mapper().valueToTree(body)));
        envelope.cause().ifPresent(cause -> builder.withExtension(CAUSE, cause.toString()));
        envelope.actor().ifPresent(actor -> builder.withExtension(ACTOR, actor));
        return FORMAT.serialize(builder.build());
    }

    /**
     * Reads a record's value as an envelope.
     *
     * @throws UnreadableEvent where it is no CloudEvent, of an unknown type, or its data do not fit the type
     */
    public static Envelope<?> decode(byte[] value) throws UnreadableEvent {
        return decode(parse(value));
    }

    /**
     * Reads a record's value as a CloudEvent of any type, known or not.
     *
     * @throws UnreadableEvent where it is no CloudEvent, or has no time or subject
     */
    public static CloudEvent parse(byte[] value) throws UnreadableEvent {
        if (value == null) {
            throw new UnreadableEvent("the record has no value");
        }
        CloudEvent event;
        try {
            event = FORMAT.deserialize(value);
        } catch (RuntimeException e) {
            throw new UnreadableEvent("not a CloudEvent", e);
        }
        if (event == null) {
            throw new UnreadableEvent("not a CloudEvent but null");
        }
        if (event.getTime() == null || event.getSubject() == null) {
            throw new UnreadableEvent("the CloudEvent " + event.getId() + " has no time or no subject");
        }
        return event;
    }

    private static Envelope<?> decode(CloudEvent event) throws UnreadableEvent {
        var type = EventTypes.byName(event.getType())
                .orElseThrow(() -> new UnreadableEvent("unknown event type " + event.getType()));
        if (event.getData() == null) {
            throw new UnreadableEvent("the CloudEvent " + event.getId() + " has no data");
        }
        try {
            return envelope(event, EventJson.mapper().treeToValue(data(event), type));
        } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
            throw new UnreadableEvent("the data do not fit " + event.getType(), e);
        }
    }

    private static <E extends Event> Envelope<E> envelope(CloudEvent event, E body) {
        return new Envelope<>(
                UUID.fromString(event.getId()),
                event.getSource().toString(),
                event.getTime().toInstant(),
                extension(event, CAUSE).map(UUID::fromString),
                extension(event, ACTOR),
                body);
    }

    private static JsonNode data(CloudEvent event) {
        return ((JsonCloudEventData) event.getData()).getNode();
    }

    private static Optional<String> extension(CloudEvent event, String name) {
        return Optional.ofNullable(event.getExtension(name)).map(Object::toString);
    }
}
