package io.shopsync.couchdb.embedded.feed;

import io.shopsync.couchdb.embedded.document.Document;
import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.document.StoredDocument.View;
import io.shopsync.couchdb.embedded.query.Selector;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.store.Entry;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Which revisions of a changed document a feed tells.
 *
 * @param lookedUp documents that can be looked up, so that the feed need not be read through; null where it must
 */
record Filter(Test test, Function<Database, Set<String>> lookedUp) {
    private static final int FEW = 1000;

    /** @see #told */
    @FunctionalInterface
    interface Test {
        List<Revision> told(Database database, String id, Entry entry, List<Revision> leaves);
    }

    static final Filter NONE = new Filter((database, id, entry, leaves) -> leaves, database -> null);

    /** {@code _design}. */
    static final Filter DESIGN = new Filter(
            (database, id, entry, leaves) -> Document.isDesign(id) ? leaves : List.of(), Database::designIds);

    /** {@code _doc_ids}. */
    static Filter ids(Set<String> wanted) {
        return new Filter(
                (database, id, entry, leaves) -> wanted.contains(id) ? leaves : List.of(),
                database -> wanted.size() <= FEW ? wanted : null);
    }

    /** {@code _selector}. */
    static Filter selecting(Selector selector) {
        return new Filter(
                (database, id, entry, leaves) -> leaves.stream()
                        .filter(leaf -> database.documents()
                                .read(id, entry, leaf)
                                .filter(document -> selector.matches(document.toNode(View.PLAIN)))
                                .isPresent())
                        .toList(),
                database -> null);
    }

    /** Those of {@code leaves}, which are as many as to tell without a filter. A document with none is left out. */
    List<Revision> told(Database database, String id, Entry entry, List<Revision> leaves) {
        return test.told(database, id, entry, leaves);
    }
}
