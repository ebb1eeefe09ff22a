package io.shopsync.couchdb.embedded.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.wire.CouchError;
import java.util.ArrayList;
import java.util.List;

/**
 * The way to a field: names with dots between them, a dot that belongs to a name escaped by a backslash. A number finds
 * its place in an array.
 *
 * @param parts the names, unescaped
 */
record FieldPath(List<String> parts) {
    /** @throws CouchError 400 {@code invalid_field_name} where a name is empty */
    static FieldPath parse(String field) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '.' && (i == 0 || field.charAt(i - 1) != '\\')) {
                parts.add(part.toString());
                part.setLength(0);
            } else if (c == '.') {
                part.setCharAt(part.length() - 1, c);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        if (parts.contains("")) {
            throw new CouchError(400, "invalid_field_name", "Invalid field name: " + field);
        }
        return new FieldPath(parts.stream().map(name -> name.replace("\\", "")).toList());
    }

    /** What the path leads to: a value, or null where an object on the way lacks it or there is no such way. */
    JsonNode in(JsonNode value) {
        var found = value;
        for (var name : parts) {
            found = found instanceof ArrayNode array ? element(array, name) : found.get(name);
            if (found == null) {
                return null;
            }
        }
        return found;
    }

    /** Whether an object on the way lacks the field; a way through a string, a number or an array's end does not count. */
    boolean isMissingIn(JsonNode value) {
        var found = value;
        for (var name : parts) {
            if (found instanceof ObjectNode && !found.has(name)) {
                return true;
            }
            found = found instanceof ArrayNode array ? element(array, name) : found.get(name);
            if (found == null) {
                return false;
            }
        }
        return false;
    }

    /** Puts {@code value} there, making objects on the way. */
    void put(ObjectNode into, JsonNode value) {
        var target = into;
        for (var name : parts.subList(0, parts.size() - 1)) {
            if (!target.has(name)) {
                target.set(name, JsonNodeFactory.instance.objectNode());
            }
            if (!(target.get(name) instanceof ObjectNode next)) {
                return;
            }
            target = next;
        }
        target.set(parts.getLast(), value);
    }

    private static JsonNode element(ArrayNode array, String name) {
        try {
            return array.get(Integer.parseInt(name));
        } catch (NumberFormatException notAnIndex) {
            return null;
        }
    }
}
