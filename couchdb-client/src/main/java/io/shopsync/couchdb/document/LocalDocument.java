package io.shopsync.couchdb.document;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A document that is never replicated.
 *
 * @param id with its {@code _local/}
 */
public record LocalDocument(String id, String rev, ObjectNode body) {}
