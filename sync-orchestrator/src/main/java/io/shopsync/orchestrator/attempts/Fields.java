package io.shopsync.orchestrator.attempts;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads parts of log lines that whoever asked could choose freely. */
final class Fields {

    static final String UNKNOWN = "unknown";

    private static final int LONGEST_ADDRESS = 45;
    private static final int LONGEST_NAME = 128;
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2," + LONGEST_ADDRESS + "}");
    private static final Pattern METHOD = Pattern.compile("GET|HEAD|POST|PUT|DELETE|COPY|OPTIONS|PATCH|TRACE");

    private Fields() {}

    /** An address of IP, whichever version, or {@link #UNKNOWN}. */
    static String address(String text) {
        return ADDRESS.matcher(text).matches() ? text : UNKNOWN;
    }

    /** A method of HTTP, or {@code OTHER}: CouchDB takes and logs any word. */
    static String method(String text) {
        return METHOD.matcher(text).matches() ? text : "OTHER";
    }

    /** A time of RFC 3339, as precisely as Postgres keeps it. */
    static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /**
     * The database that a request target asks for, as CouchDB reads it: the first part of the path that is not empty,
     * decoded, whether the target is a path or a whole URL (measured on 3.5).
     */
    static Optional<String> database(String target) {
        var path = target.startsWith("/") ? target : target.replaceFirst("(?i)^https?://[^/?]*", "");
        int from = 0;
        while (from < path.length() && path.charAt(from) == '/') {
            from++;
        }
        int to = from;
        while (to < path.length() && "/?#".indexOf(path.charAt(to)) < 0) {
            to++;
        }
        return from == 0 || from == to ? Optional.empty() : decoded(path.substring(from, to));
    }

    /** A login as CouchDB logs it, percent-encoded; one that is too long for a shop's is cut. */
    static String login(String encoded) {
        var login = decoded(encoded).orElse(encoded);
        return login.length() <= LONGEST_NAME ? login : login.substring(0, LONGEST_NAME);
    }

    private static Optional<String> decoded(String text) {
        if (text.indexOf('%') < 0) {
            return Optional.of(text);
        }
        try {
            // A plus sign is itself in a path.
            return Optional.of(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
