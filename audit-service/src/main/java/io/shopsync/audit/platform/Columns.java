package io.shopsync.audit.platform;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** Reads columns as the types we use. */
public final class Columns {

    private Columns() {}

    /** A {@code timestamptz} that is not null. */
    public static Instant instant(ResultSet result, String column) throws SQLException {
        return result.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A {@code uuid}. */
    public static Optional<UUID> uuid(ResultSet result, String column) throws SQLException {
        return Optional.ofNullable(result.getObject(column, UUID.class));
    }

    /** A text. */
    public static Optional<String> text(ResultSet result, String column) throws SQLException {
        return Optional.ofNullable(result.getString(column));
    }
}
