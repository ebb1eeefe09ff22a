package io.shopsync.couchdb.changes;

/**
 * Something happened to a database. CouchDB forgets such news on a restart and says nothing of the database's own
 * sequence: it is a wake-up and no more.
 *
 * @param seq the opaque sequence of the feed
 */
public record DatabaseUpdate(String database, Kind kind, String seq) {

    /** What happened. */
    public enum Kind {
        CREATED,
        UPDATED,
        DELETED,
        /** A word that this client does not know. */
        OTHER
    }
}
