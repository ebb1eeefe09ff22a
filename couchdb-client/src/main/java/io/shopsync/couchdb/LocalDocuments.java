package io.shopsync.couchdb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.document.LocalDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code _local} documents of a database: neither replicated nor validated nor seen in changes. Replicators leave
 * their checkpoints there. Ids are given with or without {@code _local/}.
 */
public final class LocalDocuments {

    private static final String PREFIX = "_local/";

    private final Transport transport;
    private final Route database;
    private final Documents documents;

    LocalDocuments(Transport transport, Route database) {
        this.transport = transport;
        this.database = database;
        this.documents = new Documents(transport, database);
    }

    /** A document; empty where there is none. */
    public Optional<ObjectNode> get(String id) {
        return documents.get(full(id));
    }

    /** Stores a document, of which {@code _rev} is the one replaced, and returns its new revision. */
    public String put(String id, Object document) {
        return documents.put(full(id), document);
    }

    /** Removes a document; false where there was none. */
    public boolean delete(String id) {
        var route = database.document(full(id));
        return transport
                .bytesUnless(Call.of("DELETE", route), missing -> !missing.databaseMissing())
                .isPresent();
    }

    /** At most {@code limit} documents with ids after {@code after} (from the first, where empty), in order of ids. */
    public List<LocalDocument> page(String after, int limit) {
        var route = database.slash("_local_docs").with("include_docs", true);
        // The last one of the page before is asked for again, and not skipped: it may be gone by now.
        var asked = after.isEmpty()
                ? route.with("limit", limit)
                : route.withJson("start_key", full(after)).with("limit", limit + 1L);
        var found = new ArrayList<LocalDocument>();
        for (var row : transport
                .tree(Call.get(asked).within(transport.options().idleTimeout()))
                .path("rows")) {
            var id = row.path("id").asText();
            if (row.path("doc") instanceof ObjectNode body && found.size() < limit && !id.equals(full(after))) {
                found.add(new LocalDocument(id, row.path("value").path("rev").asText(), body));
            }
        }
        return found;
    }

    private static String full(String id) {
        return id.startsWith(PREFIX) ? id : PREFIX + id;
    }
}
