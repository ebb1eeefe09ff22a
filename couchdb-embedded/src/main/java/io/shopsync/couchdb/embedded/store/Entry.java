package io.shopsync.couchdb.embedded.store;

import io.shopsync.couchdb.embedded.document.RevisionTree;

/**
 * A document's revisions and its place in the order of updates.
 *
 * @param sequence of its latest update
 */
public record Entry(long sequence, RevisionTree tree) {}
