/**
 * What CouchDB says and keeps of a database as a whole: its figures and its security document. It must not know how
 * requests are sent.
 */
package io.shopsync.couchdb.database;
