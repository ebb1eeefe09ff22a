package io.shopsync.couchdb.embedded.store;

import io.shopsync.couchdb.embedded.document.Attachment;
import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.document.RevisionTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What takes away: purges and compaction. To be used under the lock of writers. */
final class Maintenance {
    private final Documents documents;
    private final DocumentWriter writer;
    private final Store store;
    private final int number;

    Maintenance(Documents documents, DocumentWriter writer, Store store, int number) {
        this.documents = documents;
        this.writer = writer;
        this.store = store;
        this.number = number;
    }

    Map<String, List<Revision>> purge(Map<String, List<Revision>> wanted) {
        Map<String, List<Revision>> purged = new LinkedHashMap<>();
        wanted.forEach((id, revisions) -> {
            Entry entry = documents.entry(id).orElse(null);
            List<Revision> leaves = entry == null
                    ? List.of()
                    : revisions.stream().filter(entry.tree()::isLeaf).distinct().toList();
            store.change(() -> writer.state(writer.state().purged()));
            if (!leaves.isEmpty()) {
                RevisionTree rest = entry.tree().without(leaves);
                store.change(() -> {
                    if (rest.isEmpty()) {
                        writer.remove(id, entry);
                        writer.state(writer.state().nextSequence());
                    } else {
                        writer.place(id, entry, rest);
                    }
                });
            }
            purged.put(id, leaves);
        });
        return purged;
    }

    /** Forgets the bodies of revisions that are no leaves, then removes what nothing refers to any more. */
    void compact() {
        Set<Long> used = new HashSet<>();
        for (byte kind : new byte[] {Keys.LIVE, Keys.DELETED}) {
            List<byte[]> changed = new ArrayList<>();
            store.scan(Keys.of(number, kind), Keys.end(number, kind), false, (key, value) -> {
                Entry entry = Codec.entry(value);
                if (!superseded(entry.tree()).isEmpty()) {
                    changed.add(key);
                }
                use(Keys.id(key), entry, used);
                return true;
            });
            for (byte[] key : changed) {
                Entry entry = Codec.entry(store.get(key));
                RevisionTree rest = entry.tree().forget(superseded(entry.tree()));
                store.change(() -> store.put(key, Codec.entry(new Entry(entry.sequence(), rest))));
            }
        }
        long kept = sweep(Keys.BODY, used) + sweep(Keys.ATTACHMENT, used);
        store.change(() -> writer.state(writer.state().compacted(kept)));
    }

    private static Set<Revision> superseded(RevisionTree tree) {
        return tree.all().entrySet().stream()
                .filter(named -> named.getValue().inner() && named.getValue().body() != 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void use(String id, Entry entry, Set<Long> used) {
        for (Revision leaf : entry.tree().leaves()) {
            entry.tree().get(leaf).ifPresent(node -> used.add(node.body()));
            documents
                    .read(id, entry, leaf)
                    .ifPresent(document ->
                            document.attachments().stream().map(Attachment::at).forEach(used::add));
        }
    }

    /** @return how many bytes are left */
    private long sweep(byte kind, Set<Long> used) {
        List<byte[]> waste = new ArrayList<>();
        long[] kept = {0};
        store.scan(Keys.of(number, kind), Keys.end(number, kind), false, (key, value) -> {
            if (used.contains(Keys.number(key))) {
                kept[0] += value.length;
            } else {
                waste.add(key);
            }
            return true;
        });
        store.change(() -> waste.forEach(store::remove));
        return kept[0];
    }
}
