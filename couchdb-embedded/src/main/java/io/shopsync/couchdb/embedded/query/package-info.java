/**
 * Mango: selectors, and {@code _find} over a scan of the whole database. One engine serves {@code _find},
 * {@code _changes} and replication. Knows nothing of revisions and nothing of how documents are kept.
 */
package io.shopsync.couchdb.embedded.query;
