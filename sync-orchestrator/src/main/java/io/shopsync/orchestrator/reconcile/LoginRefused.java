package io.shopsync.orchestrator.reconcile;

import io.shopsync.couchdb.document.WriteOutcome;
import io.shopsync.orchestrator.couchdb.CouchReason;

/** CouchDB did not store a login's document that it was given among others. */
final class LoginRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient CouchReason reason;

    LoginRefused(WriteOutcome.Refused refused) {
        super(refused.id() + ": " + refused.error() + ": " + refused.reason());
        this.reason = CouchReason.of(refused);
    }

    CouchReason reason() {
        return reason;
    }
}
