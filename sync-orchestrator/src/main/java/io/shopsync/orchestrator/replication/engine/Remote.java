package io.shopsync.orchestrator.replication.engine;

import io.shopsync.couchdb.Database;
import io.shopsync.orchestrator.couchdb.Couch;

/**
 * A database somewhere.
 *
 * @param couch the way to its server
 */
public record Remote(Couch couch, String databaseName) {

    /**
     * The database, on a server that is not known to be away.
     *
     * @throws io.shopsync.orchestrator.couchdb.CouchUnavailable where it is
     */
    public Database open() {
        return couch.server().database(databaseName);
    }

    /** A part of the checkpoints' id: another server's sequences say nothing about this one's. */
    String name() {
        return couch.url() + "/" + databaseName;
    }
}
