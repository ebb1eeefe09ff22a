package io.shopsync.couchdb.embedded.http;

import io.shopsync.couchdb.embedded.store.Database;

/** Where handlers are made known. A method that is not routed is answered 405 with the list of those that are. */
public interface Routes {
    /** Answers a request to a database, once the user has been let in by its {@code _security}. */
    @FunctionalInterface
    interface DatabaseHandler {
        Response handle(Request request, Database database) throws InterruptedException;
    }

    /** {@code /segment} and all below it, for instance {@code ("POST", "_replicate", …)}. */
    Routes server(String method, String segment, Handler handler);

    /** {@code /{db}/segment} and all below it, for instance {@code ("POST", "_find", …)}. */
    Routes database(String method, String segment, DatabaseHandler handler);
}
