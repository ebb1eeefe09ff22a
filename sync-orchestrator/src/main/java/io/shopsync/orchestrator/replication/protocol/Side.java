package io.shopsync.orchestrator.replication.protocol;

import io.shopsync.couchdb.CouchException;
import java.util.function.Supplier;

/** One of the two databases. */
public enum Side {
    /** Where documents are read. */
    SOURCE,
    /** Where documents are written. */
    TARGET;

    /** Asks this side; a failure carries which side it was. */
    <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (CouchException e) {
            throw failure(e);
        }
    }

    /** That this side is to blame. */
    Failure failure(CouchException reason) {
        return new Failure(this, reason);
    }

    /** What a side answered instead of the result. */
    static final class Failure extends RuntimeException {

        private final Side side;
        private final CouchException reason;

        private Failure(Side side, CouchException reason) {
            super(side + ": " + reason.getMessage(), reason);
            this.side = side;
            this.reason = reason;
        }

        Side side() {
            return side;
        }

        CouchException reason() {
            return reason;
        }
    }
}
