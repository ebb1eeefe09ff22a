package io.shopsync.couchdb.document;

/** A revision of a document. */
public record RevisionRef(String id, String rev) {}
