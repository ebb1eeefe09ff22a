package io.shopsync.couchdb.embedded.store;

import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.wire.CouchError;

/**
 * What became of one document of a write.
 *
 * @param revision the new one; for {@code new_edits=false} the one that was sent; null where there is none
 * @param error why it was refused, or null
 */
public record Written(String id, Revision revision, CouchError error) {
    static Written ok(String id, Revision revision) {
        return new Written(id, revision, null);
    }

    static Written refused(String id, Revision revision, CouchError error) {
        return new Written(id, revision, error);
    }

    /** @throws CouchError if it was refused */
    public Revision orThrow() {
        if (error != null) {
            throw error;
        }
        return revision;
    }
}
