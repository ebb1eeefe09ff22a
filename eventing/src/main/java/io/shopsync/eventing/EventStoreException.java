package io.shopsync.eventing;

import java.sql.SQLException;

/** The outbox or inbox could not be read or written; the surrounding transaction must roll back. */
public final class EventStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EventStoreException(String message, SQLException cause) {
        super(message, cause);
    }
}
