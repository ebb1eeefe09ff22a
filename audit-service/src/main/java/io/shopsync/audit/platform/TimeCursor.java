package io.shopsync.audit.platform;

import io.shopsync.platform.Cursor;
import java.time.Instant;
import java.util.UUID;

/**
 * Where a list in the order of time goes on: after an item's time and, among those of one millisecond, its id. Both
 * are fixed for ever, so that rows that arrive meanwhile move nothing.
 */
public record TimeCursor(Instant time, UUID id) {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** The cursor as callers hold it. */
    public Cursor cursor() {
        return Cursor.of(time.toEpochMilli(), id);
    }

    /** @throws io.shopsync.platform.ProblemException where it is no cursor of ours */
    public static TimeCursor decode(String encoded) {
        var parts = Cursor.decode(encoded, 2).parts();
        try {
            return new TimeCursor(time(parts.get(0)), UUID.fromString(parts.get(1)));
        } catch (IllegalArgumentException e) {
            throw Cursor.invalid();
        }
    }

    /**
     * A time as it stands in a cursor, in milliseconds since 1970.
     *
     * @throws IllegalArgumentException where it is no such time, or one that Postgres does not know
     */
    public static Instant time(String millis) {
        var time = Instant.ofEpochMilli(Long.parseLong(millis));
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException("no time of ours: " + time);
        }
        return time;
    }
}
