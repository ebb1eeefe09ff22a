package io.shopsync.couchdb.embedded.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.shopsync.couchdb.embedded.wire.CouchError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The types that members of a design document must have. Source: {@code couch_mrview:validate_ddoc_fields/1}. */
final class DesignFields {
    private static final String ANY = "*";

    /** A member by its path, and the types it may have. */
    private record Field(List<String> path, List<JsonNodeType> types) {}

    private static final List<JsonNodeType> OBJECT = List.of(JsonNodeType.OBJECT);
    private static final List<JsonNodeType> STRING = List.of(JsonNodeType.STRING);
    private static final List<JsonNodeType> EITHER = List.of(JsonNodeType.STRING, JsonNodeType.OBJECT);

    private static final List<Field> FIELDS = List.of(
            new Field(List.of("filters"), OBJECT),
            new Field(List.of("filters", ANY), EITHER),
            new Field(List.of("language"), STRING),
            new Field(List.of("lists"), OBJECT),
            new Field(List.of("lists", ANY), EITHER),
            new Field(List.of("options"), OBJECT),
            new Field(List.of("rewrites"), List.of(JsonNodeType.ARRAY, JsonNodeType.STRING)),
            new Field(List.of("shows"), OBJECT),
            new Field(List.of("shows", ANY), EITHER),
            new Field(List.of("updates"), OBJECT),
            new Field(List.of("updates", ANY), EITHER),
            new Field(List.of("validate_doc_update"), STRING),
            new Field(List.of("views"), OBJECT),
            new Field(List.of("views", ANY), OBJECT),
            new Field(List.of("views", ANY, "reduce"), STRING));

    private DesignFields() {}

    /** @throws CouchError 400 {@code invalid_design_doc} */
    static void check(JsonNode design) {
        FIELDS.forEach(field -> check(design, field, 0, ""));
        for (Map.Entry<String, JsonNode> view : design.path("views").properties()) {
            if (!view.getKey().equals("lib") && !view.getValue().has("map")) {
                throw invalid("View `" + view.getKey() + "` must contain map function");
            }
        }
    }

    private static void check(JsonNode node, Field field, int depth, String at) {
        if (depth == field.path().size()) {
            if (!field.types().contains(node.getNodeType())) {
                String types = field.types().stream()
                        .map(type -> type.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" or "));
                throw invalid("`" + at + "` field must have " + types + " type");
            }
            return;
        }
        String name = field.path().get(depth);
        String prefix = at.isEmpty() ? "" : at + ".";
        if (name.equals(ANY)) {
            node.properties().forEach(member -> check(member.getValue(), field, depth + 1, prefix + member.getKey()));
        } else if (node.has(name)) {
            check(node.get(name), field, depth + 1, prefix + name);
        }
    }

    private static CouchError invalid(String reason) {
        return new CouchError(400, "invalid_design_doc", reason);
    }
}
