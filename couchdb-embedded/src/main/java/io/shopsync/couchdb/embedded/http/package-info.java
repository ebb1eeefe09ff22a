/**
 * HTTP as CouchDB speaks it: from a connection to a request, a route, an answer, the access log and CORS.
 * Knows nothing of documents.
 */
package io.shopsync.couchdb.embedded.http;
