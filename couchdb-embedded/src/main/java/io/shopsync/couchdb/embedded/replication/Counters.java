package io.shopsync.couchdb.embedded.replication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What a replication has done so far. */
final class Counters {
    /** In the order in which CouchDB tells them. */
    enum Kind {
        MISSING_CHECKED,
        MISSING_FOUND,
        DOCS_READ,
        DOCS_WRITTEN,
        DOC_WRITE_FAILURES,
        BULK_GET_DOCS,
        BULK_GET_ATTEMPTS;

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Kind, Long> values = new EnumMap<>(Kind.class);

    /** Goes on from what a checkpoint tells. */
    static Counters from(JsonNode history) {
        var counters = new Counters();
        for (var kind : Kind.values()) {
            counters.add(kind, history.path(kind.label()).asLong());
        }
        return counters;
    }

    synchronized void add(Kind kind, long count) {
        values.merge(kind, count, Long::sum);
    }

    synchronized long get(Kind kind) {
        return values.getOrDefault(kind, 0L);
    }

    /** As a checkpoint tells them. */
    ObjectNode toHistory() {
        var history = Json.object();
        for (var kind : Kind.values()) {
            history.put(kind.label(), get(kind));
        }
        return history;
    }

    /** As the scheduler tells them. */
    ObjectNode toStatus(JsonNode committed) {
        var status = Json.object()
                .put("revisions_checked", get(Kind.MISSING_CHECKED))
                .put("missing_revisions_found", get(Kind.MISSING_FOUND))
                .put("docs_read", get(Kind.DOCS_READ))
                .put("docs_written", get(Kind.DOCS_WRITTEN))
                .putNull("changes_pending")
                .put("doc_write_failures", get(Kind.DOC_WRITE_FAILURES))
                .put("bulk_get_docs", get(Kind.BULK_GET_DOCS))
                .put("bulk_get_attempts", get(Kind.BULK_GET_ATTEMPTS));
        status.set("checkpointed_source_seq", text(committed));
        return status;
    }

    /** A sequence of zero is text here. */
    static JsonNode text(JsonNode sequence) {
        return Json.object().put("s", sequence.asText()).get("s");
    }
}
