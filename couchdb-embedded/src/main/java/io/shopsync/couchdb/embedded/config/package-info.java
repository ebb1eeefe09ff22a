/**
 * The settings of the server, by section and key as in CouchDB's ini files, changeable while it runs.
 * Knows nothing of what they mean to others.
 */
package io.shopsync.couchdb.embedded.config;
