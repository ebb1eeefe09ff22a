/**
 * What changed in a database, and which databases changed on a server. It must not know how requests are sent, nor what
 * is done with a change.
 */
package io.shopsync.couchdb.changes;
