package io.shopsync.couchdb.embedded.store;

import io.shopsync.couchdb.embedded.document.Attachment;
import io.shopsync.couchdb.embedded.document.Document;
import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.document.RevisionTree;
import io.shopsync.couchdb.embedded.document.StoredDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The documents of one database as entries of the store: trees, bodies, attachments and the order of updates. Reading
 * is safe at any time; who writes holds the database's lock.
 */
final class Documents {
    private final Store store;
    private final int number;
    private volatile State state;

    Documents(Store store, int number, State state) {
        this.store = store;
        this.number = number;
        this.state = state;
    }

    State state() {
        return state;
    }

    /** To be called within a change. */
    void state(State next) {
        state = next;
        store.put(Keys.of(number, Keys.STATE), Codec.state(next));
    }

    /** What is known of a document, or null. */
    Entry entry(String id) {
        // One that is being deleted or made anew is found on its old or its new side, or on a second look.
        return Stream.of(Keys.LIVE, Keys.DELETED, Keys.LIVE)
                .map(side -> store.get(Keys.of(number, side, id)))
                .filter(Objects::nonNull)
                .findFirst()
                .map(Codec::entry)
                .orElse(null);
    }

    /** One revision; empty when it, or its body, is not known. */
    Optional<StoredDocument> read(String id, Entry entry, Revision revision) {
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

    byte[] content(Attachment attachment) {
        return store.get(Keys.of(number, Keys.ATTACHMENT, attachment.at()));
    }

    long count(byte kind) {
        return store.count(Keys.of(number, kind), Keys.end(number, kind));
    }

    long liveBefore(String id) {
        return store.count(Keys.of(number, Keys.LIVE), Keys.of(number, Keys.LIVE, id));
    }

    void live(Range range, Predicate<StoredDocument> visitor) {
        byte[] from = range.lowest() == null ? Keys.of(number, Keys.LIVE) : Keys.of(number, Keys.LIVE, range.lowest());
        byte[] end = range.highest() == null
                ? Keys.end(number, Keys.LIVE)
                : Keys.after(Keys.of(number, Keys.LIVE, range.highest()));
        store.scan(from, end, range.descending(), (key, value) -> {
            Entry entry = Codec.entry(value);
            return read(Keys.id(key), entry, entry.tree().winner())
                    .map(visitor::test)
                    .orElse(true);
        });
    }

    /**
     * The order of updates as it was between two changes: each document is in it once.
     *
     * @param until the latest update in it
     */
    record Changes(long until, Store.Scan scan) {
        void pass(Database.ChangeVisitor visitor) {
            scan.pass((key, value) -> visitor.visit(Keys.number(key), new String(value, StandardCharsets.UTF_8)));
        }
    }

    Changes changes(long since, boolean descending) {
        return store.betweenChanges(() -> new Changes(
                state.sequence(),
                store.open(Keys.of(number, Keys.SEQUENCE, since + 1), Keys.end(number, Keys.SEQUENCE), descending)));
    }

    long changesBetween(long since, long until) {
        return store.count(Keys.of(number, Keys.SEQUENCE, since + 1), Keys.of(number, Keys.SEQUENCE, until + 1));
    }

    /**
     * Adds a revision with its body to a document and gives the document a new place in the order of updates, unless it
     * was given one after {@code batch} began: a batch moves a document once.
     */
    void merge(Document document, Entry entry, RevisionTree tree, long batch) {
        boolean known = tree.get(document.history().newest())
                .filter(node -> node.body() != 0)
                .isPresent();
        byte[] json = known ? null : document.bodyBytes();
        store.change(() -> {
            long body = known ? 0 : storeBody(json, document.attachments());
            RevisionTree merged =
                    tree.merge(document.history(), document.deleted(), body).stem(state.revsLimit());
            if (!merged.equals(tree)) {
                countWaste(document, tree);
                if (entry == null || entry.sequence() <= batch) {
                    place(document.id(), entry, merged);
                } else {
                    replace(document.id(), entry, merged);
                }
            }
        });
    }

    private long storeBody(byte[] json, List<Attachment> attachments) {
        List<Attachment> stored = new ArrayList<>(attachments.size());
        for (Attachment attachment : attachments) {
            if (attachment.content() == null) {
                stored.add(attachment);
            } else {
                state = state.nextPlace(attachment.content().length);
                store.put(Keys.of(number, Keys.ATTACHMENT, state.last()), attachment.content());
                stored.add(attachment.storedAt(state.last()));
            }
        }
        byte[] body = Codec.body(new Codec.Body(json, stored));
        state = state.nextPlace(body.length);
        store.put(Keys.of(number, Keys.BODY, state.last()), body);
        return state.last();
    }

    /** The bodies of parents that stop being leaves are what compaction would remove. */
    private void countWaste(Document document, RevisionTree tree) {
        document.history().revisions().stream()
                .skip(1)
                .filter(tree::isLeaf)
                .flatMap(parent -> tree.get(parent).stream())
                .filter(node -> node.body() != 0)
                .forEach(node -> {
                    byte[] old = store.get(Keys.of(number, Keys.BODY, node.body()));
                    state = state.outdated(old == null ? 0 : old.length);
                });
    }

    /** To be called within a change. */
    void place(String id, Entry before, RevisionTree tree) {
        long sequence = state.sequence() + 1;
        if (before != null) {
            store.remove(Keys.of(number, Keys.SEQUENCE, before.sequence()));
        }
        put(id, before, tree, sequence);
        store.put(Keys.of(number, Keys.SEQUENCE, sequence), id.getBytes(StandardCharsets.UTF_8));
        state(state.nextSequence());
    }

    private void replace(String id, Entry before, RevisionTree tree) {
        put(id, before, tree, before.sequence());
        state(state);
    }

    private void put(String id, Entry before, RevisionTree tree, long sequence) {
        boolean deleted = tree.isDeleted();
        store.put(Keys.of(number, deleted ? Keys.DELETED : Keys.LIVE, id), Codec.entry(new Entry(sequence, tree)));
        if (before != null && before.tree().isDeleted() != deleted) {
            store.remove(Keys.of(number, deleted ? Keys.LIVE : Keys.DELETED, id));
        }
    }

    /** Removes every trace of a document. To be called within a change. */
    void remove(String id, Entry entry) {
        store.remove(Keys.of(number, Keys.LIVE, id));
        store.remove(Keys.of(number, Keys.DELETED, id));
        store.remove(Keys.of(number, Keys.SEQUENCE, entry.sequence()));
    }
}
