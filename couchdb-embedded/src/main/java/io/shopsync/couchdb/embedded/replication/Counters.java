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
        MISSING_CHECKED("revisions_checked"),
        MISSING_FOUND("missing_revisions_found"),
        DOCS_READ("docs_read"),
        DOCS_WRITTEN("docs_written"),
        DOC_WRITE_FAILURES("doc_write_failures"),
        BULK_GET_DOCS("bulk_get_docs"),
        BULK_GET_ATTEMPTS("bulk_get_attempts");

        /** As the scheduler calls it; a checkpoint has its own name in lower case. */
        private final String status;

        Kind(String status) {
            this.status = status;
        }

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
        var status = Json.object().putNull("changes_pending");
        for (var kind : Kind.values()) {
            status.put(kind.status, get(kind));
        }
        return status.set("checkpointed_source_seq", text(committed));
    }

    /** A sequence of zero is text here. */
    static JsonNode text(JsonNode sequence) {
        return Json.object().put("s", sequence.asText()).get("s");
    }
}
