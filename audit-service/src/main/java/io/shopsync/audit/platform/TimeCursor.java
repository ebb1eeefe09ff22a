package io.shopsync.audit.platform;

import io.shopsync.platform.Cursor;
import java.time.Instant;
import java.util.UUID;

/**
 * Where a list in the order of time goes on: after an item's time and, among those of one millisecond, its id. Both
 * are fixed for ever, so that rows that arrive meanwhile move nothing.
 */
public record TimeCursor(Instant time, UUID id) {

    /** The cursor as callers hold it. */
    public Cursor cursor() {
        return Cursor.of(time.toEpochMilli(), id);
    }

    /** @throws io.shopsync.platform.ProblemException where it is no cursor of ours */
    public static TimeCursor decode(String encoded) {
        var parts = Cursor.decode(encoded, 2).parts();
        try {
            return new TimeCursor(Instant.ofEpochMilli(Long.parseLong(parts.get(0))), UUID.fromString(parts.get(1)));
        } catch (IllegalArgumentException e) {
            throw Cursor.invalid();
        }
    }
}
