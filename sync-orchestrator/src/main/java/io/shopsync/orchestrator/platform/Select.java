package io.shopsync.orchestrator.platform;

import io.shopsync.platform.Cursor;
import io.shopsync.platform.Page;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** A query that grows with its filters: conditions and arguments side by side, so that no value gets into the SQL. */
public final class Select {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final StringBuilder sql;
    private final List<Object> arguments = new ArrayList<>();
    private boolean filtered;

    /** @param from {@code select … from …} without a condition */
    public Select(String from) {
        sql = new StringBuilder(from);
    }

    /** Adds a condition that must hold too; {@code condition} has one question mark for each argument. */
    public Select and(String condition, Object... values) {
        sql.append(filtered ? " and " : " where ").append(condition);
        filtered = true;
        arguments.addAll(List.of(values));
        return this;
    }

    /** The column must have one of the values; none stands for any. */
    public Select in(String column, Collection<String> values) {
        return values.isEmpty() ? this : and(column + " = any(?)", (Object) values.toArray(String[]::new));
    }

    /**
     * Reads a page in the order of a column of times, the latest first, and ids among those of one time; rows that come
     * meanwhile move nothing.
     *
     * @param cursor where to go on
     * @param time what the column has of an item
     * @param id what the column {@code id} has of it
     */
    public <T> Page<T> latestFirst(
            Jdbc jdbc,
            Jdbc.Row<T> row,
            String column,
            Optional<String> cursor,
            int limit,
            Function<T, Instant> time,
            Function<T, UUID> id) {
        cursor.ifPresent(encoded -> after(column, encoded));
        sql.append(" order by ").append(column).append(" desc, id desc limit ?");
        arguments.add(limit + 1);
        var rows = jdbc.query(sql.toString(), row, arguments.toArray());
        return Page.of(rows, limit, item -> Cursor.of(time.apply(item), id.apply(item)));
    }

    private void after(String column, String encoded) {
        var parts = Cursor.decode(encoded, 2).parts();
        try {
            var time = Instant.parse(parts.get(0));
            if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
                throw Cursor.invalid();
            }
            and("(" + column + ", id) < (?, ?)", time, UUID.fromString(parts.get(1)));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw Cursor.invalid();
        }
    }
}
