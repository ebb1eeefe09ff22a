package io.shopsync.couchdb.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.document.Document;
import io.shopsync.couchdb.embedded.document.History;
import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * {@code _local} documents: no revision tree, no sequence, no validation, never replicated. CouchDB counts their
 * revisions up from whatever the client says.
 */
public final class LocalDocuments {
    private static final String REV = "_rev";

    private final Store store;
    private final int database;

    LocalDocuments(Store store, int database) {
        this.store = store;
        this.database = database;
    }

    /** The document with {@code _id} and {@code _rev}. */
    public Optional<ObjectNode> get(String id) {
        return Optional.ofNullable(store.get(Keys.of(database, Keys.LOCAL, id)))
                .map(bytes -> show(id, (ObjectNode) Json.parse(bytes)));
    }

    /** Passes documents in order of id, from {@code first} on, until the visitor returns false. */
    public void scan(String first, boolean descending, BiPredicate<String, ObjectNode> visitor) {
        byte[] from = Keys.of(database, Keys.LOCAL, first);
        store.scan(from, Keys.end(database, Keys.LOCAL), descending, (key, value) -> {
            String id = Keys.id(key);
            return visitor.test(id, show(id, (ObjectNode) Json.parse(value)));
        });
    }

    Written write(Document document) {
        byte[] key = Keys.of(database, Keys.LOCAL, document.id());
        if (document.deleted()) {
            store.change(() -> store.remove(key));
            return Written.ok(document.id(), new Revision(0, "0"));
        }
        Revision revision = next(document.history());
        if (revision == null) {
            return Written.refused(document.id(), null, CouchError.badRequest("Invalid rev format"));
        }
        ObjectNode stored = Json.object().put(REV, revision.toString());
        stored.setAll(document.body());
        store.change(() -> store.put(key, Json.bytes(stored)));
        return Written.ok(document.id(), revision);
    }

    private static Revision next(History history) {
        if (history.isEmpty()) {
            return new Revision(0, "1");
        }
        try {
            boolean local = history.generation() == 0;
            return local
                    ? new Revision(
                            0, Long.toString(Long.parseLong(history.newest().id()) + 1))
                    : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static ObjectNode show(String id, ObjectNode stored) {
        ObjectNode shown = Json.object().put("_id", id);
        shown.setAll(stored);
        return shown;
    }
}
