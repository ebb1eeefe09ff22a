/**
 * CouchDB's own replicator: its jobs as documents and what its scheduler says of them. It must not know why something is
 * replicated.
 */
package io.shopsync.couchdb.replicator;
