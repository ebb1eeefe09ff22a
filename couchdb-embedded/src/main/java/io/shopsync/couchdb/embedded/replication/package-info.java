/**
 * Replication as CouchDB does it: {@code _replicate}, the documents of {@code _replicator}, the scheduler that runs
 * them, and the protocol itself, over HTTP to both ends. Knows nothing of how documents are kept here.
 */
package io.shopsync.couchdb.embedded.replication;
