package io.shopsync.contracts;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * An event with what CloudEvents 1.0 says about it.
 *
 * @param id unique for ever: the key of every inbox and of the ledger
 * @param source who published it, a URI reference such as {@code /provisioning-service}
 * @param time when it happened, in milliseconds' precision, so that it survives JSON and Postgres unchanged
 * @param cause the id of the event that led to this one
 * @param actor who asked for it: the subject of a token, or empty for the system itself
 * @param body the fact
 */
public record Envelope<E extends Event>(
        UUID id, String source, Instant time, Optional<UUID> cause, Optional<String> actor, E body) {

    public Envelope {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(body, "body");
        time = time.truncatedTo(ChronoUnit.MILLIS);
    }

    /** A new event that nobody's request and no other event led to. */
    public static <E extends Event> Envelope<E> of(String source, Instant time, E body) {
        return new Envelope<>(UUID.randomUUID(), source, time, Optional.empty(), Optional.empty(), body);
    }

    /** The same event, asked for by {@code actor}. */
    public Envelope<E> askedBy(String actor) {
        return new Envelope<>(id, source, time, cause, Optional.of(actor), body);
    }

    /** The same event as the consequence of another. */
    public Envelope<E> causedBy(UUID cause) {
        return new Envelope<>(id, source, time, Optional.of(cause), actor, body);
    }
}
