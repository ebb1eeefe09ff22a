package io.shopsync.couchdb.embedded.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.ErlangTerm;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Which fields of a document are shown.
 *
 * @param paths empty for all of them
 */
public record Fields(List<FieldPath> paths) {
    static final Fields ALL = new Fields(List.of());

    /** @throws CouchError 400 {@code invalid_fields}, {@code invalid_field} or {@code invalid_field_name} */
    public static Fields parse(JsonNode fields) {
        if (!fields.isArray()) {
            throw new CouchError(
                    400, "invalid_fields", "Fields must be an array of strings, not: " + ErlangTerm.plain(fields));
        }
        var paths = new ArrayList<FieldPath>();
        for (var field : fields) {
            if (!field.isTextual()) {
                throw new CouchError(400, "invalid_field", "Invalid JSON for field spec: " + ErlangTerm.plain(field));
            }
            paths.add(FieldPath.parse(field.textValue()));
        }
        return new Fields(paths);
    }

    /** The document with these fields alone, as far as it has them. */
    public ObjectNode of(ObjectNode document) {
        if (paths.isEmpty()) {
            return document;
        }
        var shown = Json.object();
        for (var path : paths) {
            var value = path.in(document);
            if (value != null) {
                path.put(shown, value);
            }
        }
        return shown;
    }
}
