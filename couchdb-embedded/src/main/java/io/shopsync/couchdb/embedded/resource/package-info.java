/**
 * The endpoints, a class a group of them: each turns a request into calls on databases, and what comes of it into the
 * answer CouchDB gives. Knows no connections and no storage.
 */
package io.shopsync.couchdb.embedded.resource;
