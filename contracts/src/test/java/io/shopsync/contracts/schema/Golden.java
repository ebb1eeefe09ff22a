package io.shopsync.contracts.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A stored event's data as some version of this code wrote it: {@code golden/<event type>/<n>.json}, where {@code n}
 * rises each time a component is added. A golden file is never changed: it stands for what topics and ledgers hold.
 */
record Golden(String eventType, Path file, JsonNode data) {

    static List<Golden> all() {
        if (!Files.isDirectory(Published.GOLDEN)) {
            return List.of();
        }
        try (var types = Files.list(Published.GOLDEN)) {
            return types.sorted()
                    .map(folder -> folder.getFileName().toString())
                    .flatMap(type -> of(type).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Golden> of(String eventType) {
        return Published.jsonFiles(Published.GOLDEN.resolve(eventType)).stream()
                .map(file -> new Golden(eventType, file, Published.json(file)))
                .toList();
    }

    /** Where the next version's file goes. */
    static Path next(String eventType) {
        return Published.GOLDEN.resolve(eventType).resolve((of(eventType).size() + 1) + ".json");
    }

    /** The components of {@code schema} that no golden file of its type has a value for. */
    static List<String> uncovered(String eventType, JsonNode schema) {
        var missing = new ArrayList<String>();
        collect("", schema, of(eventType).stream().map(Golden::data).toList(), missing);
        return missing;
    }

    private static void collect(String path, JsonNode schema, List<JsonNode> data, List<String> missing) {
        schema.path("properties").properties().forEach(property -> {
            var values = data.stream()
                    .flatMap(node -> member(node, property.getKey()))
                    .toList();
            if (values.isEmpty()) {
                missing.add(path + '/' + property.getKey());
            } else {
                collect(path + '/' + property.getKey(), property.getValue(), values, missing);
            }
        });
        if (schema.path("items").isObject()) {
            collect(
                    path + "[]",
                    schema.path("items"),
                    data.stream().flatMap(JsonNode::valueStream).toList(),
                    missing);
        }
    }

    private static Stream<JsonNode> member(JsonNode node, String name) {
        return node.hasNonNull(name) ? Stream.of(node.get(name)) : Stream.empty();
    }

    /** {@code data} without members that say nothing, which a later version may add, and with sets in one order. */
    static JsonNode normal(JsonNode data) {
        var copy = data.deepCopy();
        prune(copy);
        return copy;
    }

    private static void prune(JsonNode node) {
        if (node instanceof ArrayNode array && array.valueStream().allMatch(JsonNode::isTextual)) {
            var sorted = array.valueStream()
                    .sorted((left, right) -> left.asText().compareTo(right.asText()))
                    .toList();
            array.removeAll().addAll(sorted);
        }
        node.forEach(Golden::prune);
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(member -> saysNothing(member.getValue()));
        }
    }

    private static boolean saysNothing(JsonNode value) {
        return value.isNull() || (value instanceof ContainerNode<?> container && container.isEmpty());
    }

    @Override
    public String toString() {
        return eventType + '/' + file.getFileName();
    }
}
