package io.shopsync.orchestrator.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * SQL with positional arguments: in the caller's transaction where there is one, else each statement in its own.
 *
 * <p>Arguments may be what the driver takes, an {@link Instant}, or an array of {@code String}, {@code UUID},
 * {@code Long} or {@code Integer}.
 */
@ApplicationScoped
public class Jdbc {

    private final DataSource dataSource;

    Jdbc(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Reads one row into a value. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** All rows of a query or of a {@code returning} clause. */
    public <T> List<T> query(String sql, Row<T> row, Object... arguments) {
        try (var connection = dataSource.getConnection();
                var statement = prepare(connection, sql, arguments);
                var result = statement.executeQuery()) {
            var rows = new ArrayList<T>();
            while (result.next()) {
                rows.add(row.read(result));
            }
            return rows;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** The first row, if any. */
    public <T> Optional<T> first(String sql, Row<T> row, Object... arguments) {
        return query(sql, row, arguments).stream().findFirst();
    }

    /** Runs a statement; returns how many rows it touched. */
    public int update(String sql, Object... arguments) {
        try (var connection = dataSource.getConnection();
                var statement = prepare(connection, sql, arguments)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Runs a statement once for each list of arguments, in one round trip. */
    public void batch(String sql, List<Object[]> rows) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (var row : rows) {
                bind(connection, statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** A time that may be null. */
    public static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... arguments)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        try {
            bind(connection, statement, arguments);
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, Object... arguments)
            throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, sqlValue(connection, arguments[i]));
        }
    }

    private static Object sqlValue(Connection connection, Object value) throws SQLException {
        return switch (value) {
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case String[] array -> connection.createArrayOf("text", array);
            case UUID[] array -> connection.createArrayOf("uuid", array);
            case Long[] array -> connection.createArrayOf("bigint", array);
            case Integer[] array -> connection.createArrayOf("integer", array);
            case null, default -> value;
        };
    }
}
