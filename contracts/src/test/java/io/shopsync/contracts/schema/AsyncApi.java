package io.shopsync.contracts.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.shopsync.contracts.Event;
import io.shopsync.contracts.EventTypes;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The AsyncAPI 3.0 document of all topics and events. */
final class AsyncApi {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    private static final String PROVISIONING = "provisioning-service";
    private static final String ORCHESTRATOR = "sync-orchestrator";
    private static final String AUDIT = "audit-service";

    private final EventSchemas schemas;
    private final SourceDocs docs = SourceDocs.read(Published.SOURCES);

    AsyncApi(EventSchemas schemas) {
        this.schemas = schemas;
    }

    /** Who publishes to a topic and who reads it: one publisher each, so that a fact has one author. */
    private record Traffic(String publisher, List<String> readers) {

        static Traffic on(Topic topic) {
            return switch (topic) {
                case SHOPS -> new Traffic(PROVISIONING, List.of(ORCHESTRATOR, AUDIT));
                case SYNC_EVENTS -> new Traffic(ORCHESTRATOR, List.of(PROVISIONING, AUDIT));
                case ISOLATION_FINDINGS, SYNC_METRICS -> new Traffic(ORCHESTRATOR, List.of(AUDIT));
                case DATABASE_CHANGES -> new Traffic(ORCHESTRATOR, List.of(ORCHESTRATOR));
            };
        }
    }

    String yaml() {
        var document = new LinkedHashMap<String, Object>();
        document.put("asyncapi", "3.0.0");
        document.put(
                "info",
                ordered(
                        "title",
                        "ShopSync events",
                        "version",
                        "1",
                        "description",
                        "Facts about shops, keyed by shop, so that the facts of one shop stay in order. "
                                + "Every record's value is a CloudEvent 1.0 in structured JSON.",
                        "license",
                        ordered("name", "Apache-2.0")));
        document.put("defaultContentType", "application/cloudevents+json");
        document.put("channels", channels());
        document.put("operations", operations());
        document.put("components", ordered("messages", messages(), "schemas", ordered("cloudEvent", cloudEvent())));
        try {
            return YAML.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Each topic with its retention in milliseconds, a line each. */
    static String topics() {
        var lines =
                new StringBuilder("# Name and retention in milliseconds (-1: for ever), published from contracts.\n");
        for (var topic : Topic.values()) {
            line(lines, topic.topicName(), topic.retention());
        }
        for (var topic : Topic.values()) {
            Traffic.on(topic)
                    .readers()
                    .forEach(reader -> line(lines, topic.deadLetters(reader), Topic.deadLetterRetention()));
        }
        return lines.toString();
    }

    private static void line(StringBuilder lines, String topic, Duration retention) {
        lines.append(topic).append(' ').append(retention.toMillis()).append('\n');
    }

    private Map<String, Object> channels() {
        var channels = new LinkedHashMap<String, Object>();
        for (var topic : Topic.values()) {
            var messages = new LinkedHashMap<String, Object>();
            eventsOn(topic).forEach(type -> messages.put(type, reference("#/components/messages/" + type)));
            channels.put(topic.topicName(), channel(topic, messages));
        }
        for (var topic : Topic.values()) {
            var readers = Traffic.on(topic).readers();
            readers.forEach(reader -> channels.put(topic.deadLetters(reader), deadLetters(topic, reader)));
        }
        return channels;
    }

    private Map<String, Object> channel(Topic topic, Map<String, Object> messages) {
        return ordered(
                "address", topic.topicName(),
                "description", docs.of(Topic.class, topic.name()).orElseThrow(),
                "messages", messages,
                "bindings", kafka(topic.topicName(), topic.retention().toMillis()));
    }

    private static Map<String, Object> deadLetters(Topic topic, String reader) {
        var name = topic.deadLetters(reader);
        return ordered(
                "address",
                name,
                "description",
                "Records of %s that the %s could not handle, as they were, with the reason in their headers."
                        .formatted(topic.topicName(), reader),
                "bindings",
                kafka(name, Topic.deadLetterRetention().toMillis()));
    }

    private static Map<String, Object> kafka(String topic, long retentionMillis) {
        return ordered(
                "kafka", ordered("topic", topic, "topicConfiguration", ordered("retention.ms", retentionMillis)));
    }

    private static Map<String, Object> operations() {
        var operations = new LinkedHashMap<String, Object>();
        for (var topic : Topic.values()) {
            var traffic = Traffic.on(topic);
            operations.put(traffic.publisher() + ".publishes." + topic.topicName(), operation("send", topic));
            traffic.readers()
                    .forEach(reader ->
                            operations.put(reader + ".reads." + topic.topicName(), operation("receive", topic)));
        }
        return operations;
    }

    private static Map<String, Object> operation(String action, Topic topic) {
        return ordered("action", action, "channel", reference("#/channels/" + topic.topicName()));
    }

    private Map<String, Object> messages() {
        var messages = new LinkedHashMap<String, Object>();
        EventTypes.all().forEach((type, event) -> messages.put(type, message(type, event)));
        return messages;
    }

    private Map<String, Object> message(String type, Class<? extends Event> event) {
        var payload = ordered(
                "allOf",
                List.of(
                        reference("#/components/schemas/cloudEvent"),
                        ordered(
                                "type", "object",
                                "required", List.of("data"),
                                "properties",
                                        ordered(
                                                "type", ordered("const", type),
                                                "data", reference("./events/" + type + ".json")))));
        return ordered(
                "name",
                type,
                "title",
                event.getSimpleName(),
                "summary",
                schemas.meaning(event),
                "contentType",
                "application/cloudevents+json",
                "payload",
                payload,
                "bindings",
                ordered("kafka", ordered("key", ordered("type", "string", "description", "The shop, as in subject."))));
    }

    private static Map<String, Object> cloudEvent() {
        return ordered(
                "type", "object",
                "required", List.of("specversion", "id", "source", "type", "subject", "time"),
                "properties",
                        ordered(
                                "specversion", ordered("const", "1.0"),
                                "id", text("uuid", "Unique for ever: the key by which an event is handled once."),
                                "source", text("uri-reference", "The service that published it."),
                                "type", ordered("type", "string"),
                                "subject",
                                        ordered(
                                                "type", "string",
                                                "description", "The shop the fact is about.",
                                                "pattern", '^' + ShopId.PATTERN + '$'),
                                "time", text("date-time", "When it happened."),
                                "datacontenttype", ordered("const", "application/json"),
                                "cause", text("uuid", "The id of the event that led to this one."),
                                "actor",
                                        ordered(
                                                "type", "string",
                                                "description", "Who asked for it; absent for the system itself.")));
    }

    private static Map<String, Object> text(String format, String description) {
        return ordered("type", "string", "format", format, "description", description);
    }

    private static List<String> eventsOn(Topic topic) {
        var types = new ArrayList<String>();
        EventTypes.all().forEach((type, event) -> {
            if (Samples.of(event).topic() == topic) {
                types.add(type);
            }
        });
        return types;
    }

    private static Map<String, Object> reference(String target) {
        return ordered("$ref", target);
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
