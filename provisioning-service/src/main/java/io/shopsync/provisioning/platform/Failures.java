package io.shopsync.provisioning.platform;

import java.sql.SQLException;

/** Tells failures that pass from those that repeating does not mend. */
public final class Failures {

    private static final String DATA_EXCEPTION = "22";
    private static final String INTEGRITY_VIOLATION = "23";

    private Failures() {}

    /**
     * Whether the same input fails again: it was a defect, or Postgres refused the values (SQLSTATE classes 22 and 23).
     * Whatever else Postgres or a transaction says may pass.
     */
    public static boolean isLasting(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                var state = String.valueOf(sql.getSQLState());
                return state.startsWith(DATA_EXCEPTION) || state.startsWith(INTEGRITY_VIOLATION);
            }
        }
        return failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException
                || failure instanceof NullPointerException;
    }
}
