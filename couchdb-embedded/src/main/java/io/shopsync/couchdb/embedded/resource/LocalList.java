package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.http.Sink;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.ArrayList;
import java.util.List;

/** {@code _local_docs}: CouchDB does not count them. */
record LocalList(Database database, RangeQuery query) {
    void write(Sink sink) throws InterruptedException {
        Rows rows = new Rows(sink);
        rows.begin("null", "null", null);
        for (byte[] row : query.keys() == null ? range() : keys()) {
            rows.write(row);
        }
        rows.end();
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
        return query.keys().stream().map(this::lookUp).toList();
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
