package io.shopsync.couchdb.embedded.store;

/**
 * Which documents are read, in which order. Ids are compared by their UTF-8 bytes.
 *
 * @param lowest the first id, itself included; null for no bound
 * @param highest the last id, itself included; null for no bound
 * @param descending from the highest to the lowest
 */
public record Range(String lowest, String highest, boolean descending) {
    /** Every document, in order of id. */
    public static final Range ALL = new Range(null, null, false);
}
