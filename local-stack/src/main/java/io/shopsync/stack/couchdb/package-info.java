/**
 * A server that speaks CouchDB's HTTP API: a given one, an installed one run privately, or the embedded one. It must
 * not know shops.
 */
package io.shopsync.stack.couchdb;
