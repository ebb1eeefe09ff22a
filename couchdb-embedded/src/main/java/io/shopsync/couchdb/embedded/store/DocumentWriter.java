package io.shopsync.couchdb.embedded.store;

import io.shopsync.couchdb.embedded.document.Attachment;
import io.shopsync.couchdb.embedded.document.Document;
import io.shopsync.couchdb.embedded.document.RevisionTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the documents of one database as entries of the store: trees, bodies, attachments and the order of updates.
 * Who writes holds the database's lock; only the state may be read at any time.
 */
final class DocumentWriter {
    private final Store store;
    private final int number;
    private volatile State state;

    DocumentWriter(Store store, int number, State state) {
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

    /**
     * Adds a revision with its body to a document and gives the document a new place in the order of updates, unless it
     * was given one after {@code batch} began: a batch moves a document once.
     *
     * @param entry what is known of the document, or null
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
                    put(document.id(), entry, merged, entry.sequence());
                    state(state);
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

    /** What compaction would remove: bodies of parents that stop being leaves, and attachments that were theirs alone. */
    private void countWaste(Document document, RevisionTree tree) {
        Set<Long> kept = document.attachments().stream().map(Attachment::at).collect(Collectors.toSet());
        document.history().revisions().stream()
                .skip(1)
                .filter(tree::isLeaf)
                .flatMap(parent -> tree.get(parent).stream())
                .map(node -> store.get(Keys.of(number, Keys.BODY, node.body())))
                .filter(Objects::nonNull)
                .forEach(old -> state = state.outdated(old.length
                        + Codec.body(old).attachments().stream()
                                .filter(attachment -> !kept.contains(attachment.at()))
                                .mapToLong(Attachment::stored)
                                .sum()));
    }

    /** Gives a document its tree and a new place in the order of updates. To be called within a change. */
    void place(String id, Entry before, RevisionTree tree) {
        long sequence = state.sequence() + 1;
        if (before != null) {
            store.remove(Keys.of(number, Keys.SEQUENCE, before.sequence()));
        }
        put(id, before, tree, sequence);
        store.put(Keys.of(number, Keys.SEQUENCE, sequence), id.getBytes(StandardCharsets.UTF_8));
        state(state.nextSequence());
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
