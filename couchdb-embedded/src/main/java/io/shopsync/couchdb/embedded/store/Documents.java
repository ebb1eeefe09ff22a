package io.shopsync.couchdb.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.document.Attachment;
import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.document.RevisionTree;
import io.shopsync.couchdb.embedded.document.StoredDocument;
import io.shopsync.couchdb.embedded.document.StoredDocument.View;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The documents of one database, to be read at any time, also while they are written. */
public final class Documents {
    private final Store store;
    private final int number;

    Documents(Store store, int number) {
        this.store = store;
        this.number = number;
    }

    /** A document's revisions; empty when it was never there. */
    public Optional<Entry> entry(String id) {
        // One that is being deleted or made anew is found on its old or its new side, or on a second look.
        return Stream.of(Keys.LIVE, Keys.DELETED, Keys.LIVE)
                .map(side -> store.get(Keys.of(number, side, id)))
                .filter(Objects::nonNull)
                .findFirst()
                .map(Codec::entry);
    }

    /** A document's revisions; none when it was never there. */
    public RevisionTree tree(String id) {
        return entry(id).map(Entry::tree).orElse(RevisionTree.EMPTY);
    }

    /** The winning revision; empty when the document was never there. A tombstone is found too. */
    public Optional<StoredDocument> find(String id) {
        // On a second look, where the body was compacted away because there is a newer one.
        return winner(id).or(() -> winner(id));
    }

    private Optional<StoredDocument> winner(String id) {
        return entry(id).flatMap(entry -> read(id, entry, entry.tree().winner()));
    }

    /** One revision; empty when it, or its body, is not known. */
    public Optional<StoredDocument> find(String id, Revision revision) {
        return entry(id).flatMap(entry -> read(id, entry, revision));
    }

    /** The winning revision with {@code _id} and {@code _rev}; empty when there is none or it is deleted. */
    public Optional<ObjectNode> node(String id) {
        return find(id).filter(found -> !found.deleted()).map(found -> found.toNode(View.PLAIN));
    }

    /** One revision; empty when it, or its body, is not known. */
    public Optional<StoredDocument> read(String id, Entry entry, Revision revision) {
        return entry.tree().get(revision).filter(node -> node.body() != 0).flatMap(node -> {
            byte[] bytes = store.get(Keys.of(number, Keys.BODY, node.body()));
            if (bytes == null) {
                return Optional.empty();
            }
            Codec.Body body = Codec.body(bytes);
            return Optional.of(new StoredDocument(
                    id, entry.tree(), entry.sequence(), revision, node.deleted(), body.json(), body.attachments()));
        });
    }

    /** What is stored of an attachment. */
    public byte[] content(Attachment attachment) {
        return store.get(Keys.of(number, Keys.ATTACHMENT, attachment.at()));
    }

    /** How many documents have a living leaf. */
    public long count() {
        return count(Keys.LIVE);
    }

    /** How many documents are tombstones. */
    public long deletedCount() {
        return count(Keys.DELETED);
    }

    private long count(byte kind) {
        return store.count(Keys.of(number, kind), Keys.end(number, kind));
    }

    /** How many live documents come before an id. */
    public long countBefore(String id) {
        return store.count(Keys.of(number, Keys.LIVE), Keys.of(number, Keys.LIVE, id));
    }

    /**
     * Passes the winning revision of each live document in {@code range} until the visitor returns false. Design
     * documents are among them.
     */
    public void live(Range range, Predicate<StoredDocument> visitor) {
        byte[] from = range.lowest() == null ? Keys.of(number, Keys.LIVE) : Keys.of(number, Keys.LIVE, range.lowest());
        byte[] end = range.highest() == null
                ? Keys.end(number, Keys.LIVE)
                : Keys.after(Keys.of(number, Keys.LIVE, range.highest()));
        store.scan(from, end, range.descending(), (key, value) -> {
            Entry entry = Codec.entry(value);
            String id = Keys.id(key);
            return read(id, entry, entry.tree().winner())
                    // Compacted away since: there is a newer one.
                    .or(() -> find(id).filter(newer -> !newer.deleted()))
                    .map(visitor::test)
                    .orElse(true);
        });
    }
}
