package io.shopsync.audit.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A select that grows with what is asked for: conditions are joined by {@code and}, and values are always parameters,
 * never part of the text.
 */
public final class Select {

    private final StringBuilder sql;
    private final List<Object> arguments = new ArrayList<>();
    private String joint = " where ";

    /** Begins with everything up to the {@code where}. */
    public Select(String head) {
        this.sql = new StringBuilder(head);
    }

    /** Gives the values of the parameters that stand in the head. */
    public Select with(Object... values) {
        arguments.addAll(Arrays.asList(values));
        return this;
    }

    /** Adds a condition with its values: instants, collections of texts (for {@code any(?)}) or what JDBC takes. */
    public Select and(String condition, Object... values) {
        sql.append(joint).append(condition);
        arguments.addAll(Arrays.asList(values));
        joint = " and ";
        return this;
    }

    /** Adds the times, where there are any, as conditions on a column. */
    public Select within(String column, TimeRange range) {
        range.from().ifPresent(from -> and(column + " >= ?", from));
        range.to().ifPresent(to -> and(column + " < ?", to));
        return this;
    }

    /** Adds what follows the conditions. */
    public Select then(String tail, Object... values) {
        sql.append(' ').append(tail);
        arguments.addAll(Arrays.asList(values));
        return this;
    }

    /** Reads all rows. */
    public <T> List<T> list(Connection connection, Row<T> row) throws SQLException {
        try (var statement = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < arguments.size(); i++) {
                bind(statement, i + 1, arguments.get(i));
            }
            try (var result = statement.executeQuery()) {
                var rows = new ArrayList<T>();
                while (result.next()) {
                    rows.add(row.of(result));
                }
                return rows;
            }
        }
    }

    private static void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        switch (value) {
            case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
            case Collection<?> texts ->
                statement.setArray(
                        index,
                        statement
                                .getConnection()
                                .createArrayOf(
                                        "text",
                                        texts.stream().map(Object::toString).toArray()));
            default -> statement.setObject(index, value);
        }
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface Row<T> {
        T of(ResultSet result) throws SQLException;
    }
}
