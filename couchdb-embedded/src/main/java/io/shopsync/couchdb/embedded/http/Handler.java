package io.shopsync.couchdb.embedded.http;

import io.shopsync.couchdb.embedded.store.Database;

/** Answers a request, on a virtual thread of its own: it may block. */
@FunctionalInterface
public interface Handler {
    /** @throws io.shopsync.couchdb.embedded.wire.CouchError the answer, where it is a failure */
    Response handle(Request request) throws InterruptedException;

    /** Answers a request to a database, once the user has been let in by its {@code _security}. */
    @FunctionalInterface
    interface OfDatabase {
        /** @throws io.shopsync.couchdb.embedded.wire.CouchError the answer, where it is a failure */
        Response handle(Request request, Database database) throws InterruptedException;
    }
}
