package io.shopsync.orchestrator.attempts;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is in a datagram: a line as it would stand in a file.
 *
 * <p>CouchDB sends the head of RFC 5424 without structured data (measured on 3.5), nginx that of RFC 3164:
 *
 * <pre>
 * &lt;149&gt;1 2026-03-01T09:30:00.123456Z host couchdb &lt;0.623.0&gt; b631376b22 - localhost:5984 203.0.113.7 …
 * &lt;190&gt;Mar  1 09:30:00 host edge: {"time":"2026-03-01T09:30:00+00:00", …
 * </pre>
 */
final class SyslogMessage {

    private static final Pattern COUCHDB = Pattern.compile(
            "^<(?<priority>\\d{1,3})>1 (?<time>\\S+) (?<host>\\S+) \\S+ (?<process><[\\d.]+>) (?<id>\\S+) - (?<message>.*)$");
    private static final Pattern NGINX =
            Pattern.compile("^<\\d{1,3}>\\w{3} [ \\d]\\d [\\d:]{8} (?:\\S+ )?\\w+: (?<line>\\{.*)$");
    private static final int WARNING = 4;
    private static final int NOTICE = 5;

    private SyslogMessage() {}

    /** The line, if there is one that may tell of a refusal. */
    static Optional<String> lineOf(String datagram) {
        // One datagram is one entry, whatever line breaks a header brought into it.
        var text = datagram.strip().replaceAll("[\\r\\n]+", " ");
        var nginx = NGINX.matcher(text);
        if (nginx.matches()) {
            return Optional.of(nginx.group("line"));
        }
        var couchdb = COUCHDB.matcher(text);
        if (!couchdb.matches()) {
            return Optional.empty();
        }
        var level = switch (Integer.parseInt(couchdb.group("priority")) % 8) {
            case NOTICE -> "notice";
            case WARNING -> "warning";
            default -> "";
        };
        return level.isEmpty()
                ? Optional.empty()
                : Optional.of("[%s] %s %s %s %s %s"
                        .formatted(
                                level,
                                couchdb.group("time"),
                                couchdb.group("host"),
                                couchdb.group("process"),
                                couchdb.group("id"),
                                couchdb.group("message")));
    }
}
