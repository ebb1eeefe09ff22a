package io.shopsync.orchestrator.couchdb;

import io.shopsync.couchdb.CouchException;
import java.util.Optional;

/**
 * Whether CouchDB is worth asking. It shuts after a row of failures that say that CouchDB itself is away, not that one
 * request was wrong; only a probe opens it again.
 */
final class Gate {

    private final int failuresToShut;
    private int failuresInARow;
    private CouchUnavailable shut;

    Gate(int failuresToShut) {
        this.failuresToShut = failuresToShut;
    }

    /** Why nothing may pass; empty where everything may. */
    synchronized Optional<CouchUnavailable> shut() {
        return Optional.ofNullable(shut);
    }

    /** A request was answered. */
    synchronized void answered() {
        failuresInARow = 0;
    }

    /** A request failed. Returns whether this has shut the gate. */
    synchronized boolean failed(CouchException failure) {
        var reason = CouchReason.of(failure);
        if (!reason.away()) {
            failuresInARow = 0;
            return false;
        }
        failuresInARow++;
        if (shut != null || failuresInARow < failuresToShut) {
            return false;
        }
        shut = new CouchUnavailable(reason.code(), failure.getMessage());
        return true;
    }

    /** A probe was answered: everything may pass. */
    synchronized void open() {
        failuresInARow = 0;
        shut = null;
    }

    /** A probe failed: nothing may pass, for the latest reason. */
    synchronized void stayShut(CouchException failure) {
        shut = new CouchUnavailable(CouchReason.of(failure).code(), failure.getMessage());
    }
}
