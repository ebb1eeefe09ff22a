package io.shopsync.contracts.sync;

/** Why a shop is not ready: stable codes that people and scripts act on. */
public enum ReasonCode {
    /** CouchDB could not be reached, or cut the connection. */
    COUCHDB_UNREACHABLE,
    /** CouchDB answered too late, 429 or 503. */
    COUCHDB_OVERLOADED,
    /** CouchDB answered 5xx. */
    COUCHDB_ERROR,
    /** CouchDB refused the control plane's own credentials. */
    COUCHDB_REFUSED_US,
    /** CouchDB refused a request as malformed or not allowed: repeating does not mend it. */
    COUCHDB_REFUSED_REQUEST,
    /** Someone else changed the same database or document between our look and our step. */
    COUCHDB_CHANGED_MEANWHILE,
    /** An edge before CouchDB could not be told to refuse the shop, or to end its open feeds. */
    EDGE_UNREACHABLE,
    /** A defect of ours; the log has the exception. */
    INTERNAL_ERROR
}
