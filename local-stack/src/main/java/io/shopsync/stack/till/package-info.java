/**
 * A shop's till: PouchDB, run by Node, which syncs by CouchDB's replication protocol. It must not know our API: only
 * what a shop's connection says.
 */
package io.shopsync.stack.till;
