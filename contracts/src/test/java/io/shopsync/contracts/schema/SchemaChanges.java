package io.shopsync.contracts.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The differences between two versions of a schema that would leave stored events or older readers behind. */
final class SchemaChanges {

    private static final Set<String> KINDS = Set.of("type", "format", "pattern");

    private final List<String> found = new ArrayList<>();

    private SchemaChanges() {}

    /** Each breaking change as a line for people; empty where {@code next} only adds. */
    static List<String> breaking(JsonNode published, JsonNode next) {
        var changes = new SchemaChanges();
        changes.compare("", published, next);
        return List.copyOf(changes.found);
    }

    private void compare(String path, JsonNode published, JsonNode next) {
        for (var kind : KINDS) {
            if (!published.path(kind).equals(next.path(kind))) {
                found.add("%s: %s was %s and is %s"
                        .formatted(at(path), kind, shown(published.path(kind)), shown(next.path(kind))));
            }
        }
        missing(published.path("enum"), next.path("enum"))
                .forEach(value -> found.add("%s: the value %s is gone".formatted(at(path), value)));
        missing(next.path("required"), published.path("required"))
                .forEach(name -> found.add("%s/%s: is now required".formatted(path, name)));
        missing(published.path("required"), next.path("required"))
                .forEach(name -> found.add("%s/%s: is no longer required".formatted(path, name)));
        published.path("properties").properties().forEach(property -> {
            var name = property.getKey();
            if (next.path("properties").has(name)) {
                compare(
                        path + '/' + name,
                        property.getValue(),
                        next.path("properties").path(name));
            } else {
                found.add("%s/%s: is gone".formatted(path, name));
            }
        });
        nested(path + "[]", published.path("items"), next.path("items"));
        nested(path + "{}", published.path("additionalProperties"), next.path("additionalProperties"));
    }

    private void nested(String path, JsonNode published, JsonNode next) {
        if (published.isObject() && next.isObject()) {
            compare(path, published, next);
        } else if (!published.equals(next)) {
            found.add("%s: was %s and is %s".formatted(path, shown(published), shown(next)));
        }
    }

    private static Set<String> missing(JsonNode values, JsonNode from) {
        var missing = new HashSet<String>();
        values.forEach(value -> missing.add(value.asText()));
        from.forEach(value -> missing.remove(value.asText()));
        return missing;
    }

    private static String at(String path) {
        return path.isEmpty() ? "the event" : path;
    }

    private static String shown(JsonNode node) {
        return node.isMissingNode() ? "absent" : node.toString();
    }
}
