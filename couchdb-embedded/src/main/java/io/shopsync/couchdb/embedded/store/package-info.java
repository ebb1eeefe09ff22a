/**
 * Databases and what is in them, durable or in memory: documents with all their revisions, sequences, attachments.
 * Knows nothing of HTTP.
 */
package io.shopsync.couchdb.embedded.store;
