package io.shopsync.couchdb.embedded.http;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One line a request, and one a login that failed, as CouchDB's {@code [log] writer = file} writes them. */
public final class AccessLog {
    /** The id of the request that is being answered, for what is logged of it before its own line. */
    static final ScopedValue<String> REQUEST = ScopedValue.newInstance();

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final Clock clock = Clock.systemUTC();
    private final AtomicLong processes = new AtomicLong();
    private final Consumer<String> lines;

    /** @param lines takes the lines; null for none */
    public AccessLog(Consumer<String> lines) {
        this.lines = lines;
    }

    /**
     * @param outcome {@code ok} or {@code aborted}
     * @param nanos how long it took
     */
    void write(Request request, String requestId, int status, String outcome, long nanos) {
        if (lines == null) {
            return;
        }
        String user =
                request.user().name() == null ? "undefined" : request.user().name();
        line(
                "notice",
                requestId,
                request.host() + " " + request.peer() + " "
                        + user + " " + request.originalMethod() + " " + request.target() + " " + status + " " + outcome
                        + " "
                        + Math.round(nanos / 1e6));
    }

    /** A line about the request that is being answered. */
    public void warn(String message) {
        if (lines != null) {
            line("warning", REQUEST.orElse("--------"), message);
        }
    }

    private void line(String level, String requestId, String message) {
        lines.accept("[" + level + "] " + TIME.format(clock.instant()) + " couchdb@127.0.0.1 <0."
                + processes.incrementAndGet() + ".0> " + requestId + " " + message);
    }
}
