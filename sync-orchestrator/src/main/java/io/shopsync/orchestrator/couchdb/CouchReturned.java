package io.shopsync.orchestrator.couchdb;

/** CouchDB answers again after it was away. */
public record CouchReturned() {}
