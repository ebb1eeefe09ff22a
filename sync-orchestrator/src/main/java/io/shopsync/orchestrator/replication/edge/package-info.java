/**
 * Edges: CouchDBs of shops' own, with which their databases are exchanged one way or both. Addresses are checked, so that
 * nobody has us ask what is not theirs; credentials are sealed and never shown. It must not know how documents are copied.
 */
package io.shopsync.orchestrator.replication.edge;
