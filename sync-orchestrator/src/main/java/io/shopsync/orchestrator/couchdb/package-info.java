/**
 * The way of this service to its CouchDB: one connection pool, a bound of requests in flight, and a gate that shuts
 * while CouchDB is away, so that nobody hammers it. It must not know what the requests are for.
 */
package io.shopsync.orchestrator.couchdb;
