package io.shopsync.couchdb.embedded.resource;

import io.shopsync.couchdb.embedded.document.StoredDocument;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.store.Range;
import java.util.ArrayList;
import java.util.List;

/** Reads a range of documents a page at a time, so that a slow client holds no more than one in memory. */
final class Pages {
    private static final int SIZE = 500;

    private final Database database;
    private final String lowest;
    private final String highest;
    private final boolean descending;
    private String last;

    Pages(Database database, String lowest, String highest, boolean descending) {
        this.database = database;
        this.lowest = lowest;
        this.highest = highest;
        this.descending = descending;
    }

    /** The next documents; none at the end. */
    List<StoredDocument> next() {
        List<StoredDocument> page = new ArrayList<>();
        boolean resumed = last != null;
        String from = !descending && resumed ? last : lowest;
        String to = descending && resumed ? last : highest;
        database.documents().live(new Range(from, to, descending), document -> {
            if (!document.id().equals(last)) {
                page.add(document);
            }
            return page.size() < SIZE;
        });
        if (!page.isEmpty()) {
            last = page.getLast().id();
        }
        return page;
    }
}
