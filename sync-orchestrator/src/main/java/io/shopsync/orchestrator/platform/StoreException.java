package io.shopsync.orchestrator.platform;

import java.sql.SQLException;

/** Postgres did not do what it was asked. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreException(SQLException cause) {
        super("Postgres failed, SQL state " + cause.getSQLState(), cause);
    }

    /**
     * Whether Postgres refused the statement for what is in it (classes 22, data, and 23, integrity), so that repeating
     * it does not help. Anything else is worth another try.
     */
    public boolean refusesData() {
        return refusesData((SQLException) getCause());
    }

    private static boolean refusesData(SQLException cause) {
        for (var e = cause; e != null; e = e.getNextException()) {
            var state = e.getSQLState();
            if (state != null && (state.startsWith("22") || state.startsWith("23"))) {
                return true;
            }
        }
        return false;
    }
}
