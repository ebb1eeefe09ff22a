package io.shopsync.audit.platform;

import java.sql.SQLException;

/** Postgres could not do what was asked. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean refusesData;
    private final String reason;

    DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
        // A batch's own exception tells no more than which entry it was, and would show the values.
        var root = cause.getNextException() == null ? cause : cause.getNextException();
        var state = root.getSQLState();
        this.reason = String.valueOf(root.getMessage()).lines().findFirst().orElse("no reason given");
        this.refusesData = state != null && (state.startsWith("22") || state.startsWith("54"));
    }

    /**
     * Whether Postgres objects to the values themselves (SQL state classes 22, data exception, and 54, limit exceeded),
     * so that the same statement will fail again however often it is repeated. Class 23 is not among them: a missing
     * partition is of that class, and can be made.
     */
    public boolean refusesData() {
        return refusesData;
    }

    /** The first line of what Postgres says, without the statement and its values. */
    public String reason() {
        return reason;
    }
}
