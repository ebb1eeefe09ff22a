package io.shopsync.provisioning.shop;

/** How far one of a shop's databases is. */
public enum DatabaseStatus {
    /** Wished, not yet seen in CouchDB. */
    REQUESTED,
    /** In CouchDB, guarded and secured. */
    READY,
    /** No longer wished, not yet seen to be closed. Its data is kept. */
    RETIRING
}
