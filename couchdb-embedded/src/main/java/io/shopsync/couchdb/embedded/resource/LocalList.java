package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.http.Sink;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.ArrayList;
import java.util.List;

/** {@code _local_docs}: CouchDB does not count them. */
record LocalList(Database database, RangeQuery query) {
    void write(Sink sink) throws InterruptedException {
        List<byte[]> rows = query.keys() == null ? range() : keys();
        Rows.begin(sink, "null", "null", null);
        Rows.write(sink, rows);
    }

    private List<byte[]> range() {
        List<byte[]> rows = new ArrayList<>();
        long[] skipped = {0};
        database.locals().scan("", query.descending(), (id, document) -> {
            if (query.contains(id) && skipped[0]++ >= query.skip() && rows.size() < query.limit()) {
                rows.add(row(id, document));
            }
            return rows.size() < query.limit();
        });
        return rows;
    }

    private List<byte[]> keys() {
        return query.keys().stream()
                .map(id -> database.locals()
                        .get(id)
                        .map(document -> row(id, document))
                        .orElseGet(() -> Json.bytes(Json.object().put("key", id).put("error", "not_found"))))
                .toList();
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
