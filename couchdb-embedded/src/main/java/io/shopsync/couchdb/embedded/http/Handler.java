package io.shopsync.couchdb.embedded.http;

/** Answers a request, on a virtual thread of its own: it may block. */
@FunctionalInterface
public interface Handler {
    /** @throws io.shopsync.couchdb.embedded.wire.CouchError the answer, where it is a failure */
    Response handle(Request request) throws InterruptedException;
}
