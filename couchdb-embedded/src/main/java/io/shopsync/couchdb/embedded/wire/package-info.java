/**
 * What every other package says things with: JSON as CouchDB reads and writes it, and the errors it answers with.
 * Knows neither HTTP connections nor databases.
 */
package io.shopsync.couchdb.embedded.wire;
