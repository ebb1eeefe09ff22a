package io.shopsync.orchestrator.couchdb;

import io.shopsync.contracts.sync.ReasonCode;

/** The request was not sent: CouchDB is known to be away. */
public final class CouchUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ReasonCode reason;

    /** Without a stack trace: it is one object for all that meet the shut gate. */
    CouchUnavailable(ReasonCode reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    /** In which way it is away. */
    public ReasonCode reason() {
        return reason;
    }
}
