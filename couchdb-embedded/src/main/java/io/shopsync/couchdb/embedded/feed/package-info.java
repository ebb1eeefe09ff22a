/**
 * Feeds of updates: {@code _changes} of one database and {@code _db_updates} of all, read once or followed. Knows how
 * they are asked for and told, not who may ask.
 */
package io.shopsync.couchdb.embedded.feed;
