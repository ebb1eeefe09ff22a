/**
 * A typed, blocking client of CouchDB's HTTP API, made for virtual threads: {@link io.shopsync.couchdb.CouchServer} and
 * {@link io.shopsync.couchdb.Database} are handles, whatever CouchDB refuses is a
 * {@link io.shopsync.couchdb.CouchException}. It must not know shops, events or a framework.
 *
 * <p>Handles hold no state but the connection pool they share; all of them may be used by many threads at once. Values
 * that travel live in the sub-packages. Documents are Jackson trees where they are looked into and
 * {@link io.shopsync.couchdb.document.RawJson} where they are only passed on.
 */
package io.shopsync.couchdb;
