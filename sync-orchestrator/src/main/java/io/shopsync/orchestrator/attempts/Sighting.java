package io.shopsync.orchestrator.attempts;

import java.time.Instant;
import java.util.Optional;

/** What a log tells of one refusal. Every text in it was chosen by whoever asked, within the limits of its pattern. */
sealed interface Sighting {

    /** When it was answered. */
    Instant time();

    /** Where it came from, as CouchDB or the edge saw it; {@code unknown} where that is no address. */
    String address();

    /**
     * A request that was answered 401 or 403.
     *
     * @param login who asked, by a password or a session that was right
     * @param claimed who the request said it was, without proof
     * @param method of HTTP, {@code OTHER} where it is none
     * @param database what was asked for: the first part of the path, decoded
     */
    record Refused(
            Instant time,
            Optional<String> login,
            Optional<String> claimed,
            String address,
            String method,
            String database)
            implements Sighting {}

    /** A login that was refused unheard: too many wrong passwords came from that address. */
    record LockedOut(Instant time, String login, String address) implements Sighting {}
}
