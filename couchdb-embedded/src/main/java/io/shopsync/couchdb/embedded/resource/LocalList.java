package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.http.Sink;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.wire.Json;

/** {@code _local_docs}: CouchDB does not count them. */
record LocalList(Database database, RangeQuery query) {
    void write(Sink sink) {
        Rows rows = new Rows(sink);
        rows.begin("null", "null", null);
        if (query.keys() != null) {
            query.keys().forEach(key -> rows.write(lookUp(key)));
        } else if (query.limit() > 0) {
            range(rows);
        }
        rows.end();
    }

    private void range(Rows rows) {
        long[] met = {0};
        database.locals().scan("", query.descending(), (id, document) -> {
            if (query.contains(id) && met[0]++ >= query.skip()) {
                rows.write(row(id, document));
            }
            return met[0] - query.skip() < query.limit();
        });
    }

    private byte[] lookUp(JsonNode key) {
        return database.locals()
                .get(key.asText())
                .map(document -> row(key.asText(), document))
                .orElseGet(() -> Rows.notFound(key));
    }

    private byte[] row(String id, ObjectNode document) {
        ObjectNode row = Json.object().put("id", id).put("key", id);
        row.putObject("value").put("rev", document.path("_rev").asText());
        if (query.includeDocs()) {
            row.set("doc", document);
        }
        return Json.bytes(row);
    }
}
