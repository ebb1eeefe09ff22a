package io.shopsync.couchdb.embedded.feed;

import io.shopsync.couchdb.embedded.document.Document;
import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.document.StoredDocument.View;
import io.shopsync.couchdb.embedded.query.Selector;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.store.Entry;
import java.util.List;
import java.util.Set;

/** Which revisions of a changed document a feed tells. A document with none is left out. */
sealed interface Filter {
    /** As many as to tell without a filter: the winner, or for {@code style=all_docs} every leaf. */
    List<Revision> told(Database database, String id, Entry entry, List<Revision> leaves);

    /** Documents that can be looked up, so that the feed need not be read through; null where it must. */
    default Set<String> ids() {
        return null;
    }

    /** Everything. */
    record All() implements Filter {
        @Override
        public List<Revision> told(Database database, String id, Entry entry, List<Revision> leaves) {
            return leaves;
        }
    }

    /** {@code _doc_ids}. */
    record Ids(Set<String> wanted) implements Filter {
        private static final int LOOKED_UP = 1000;

        @Override
        public List<Revision> told(Database database, String id, Entry entry, List<Revision> leaves) {
            return wanted.contains(id) ? leaves : List.of();
        }

        @Override
        public Set<String> ids() {
            return wanted.size() <= LOOKED_UP ? wanted : null;
        }
    }

    /** {@code _design}. */
    record Design() implements Filter {
        @Override
        public List<Revision> told(Database database, String id, Entry entry, List<Revision> leaves) {
            return Document.isDesign(id) ? leaves : List.of();
        }
    }

    /** {@code _selector}. */
    record Selecting(Selector selector) implements Filter {
        @Override
        public List<Revision> told(Database database, String id, Entry entry, List<Revision> leaves) {
            return leaves.stream()
                    .filter(leaf -> database.documents()
                            .read(id, entry, leaf)
                            .filter(document -> selector.matches(document.toNode(View.PLAIN)))
                            .isPresent())
                    .toList();
        }
    }
}
