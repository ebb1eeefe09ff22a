package io.shopsync.couchdb.changes;

import java.util.List;

/**
 * Some news of databases.
 *
 * @param lastSeq the opaque sequence to go on from
 */
public record DatabaseUpdatesPage(List<DatabaseUpdate> updates, String lastSeq) {

    public DatabaseUpdatesPage {
        updates = List.copyOf(updates);
    }
}
