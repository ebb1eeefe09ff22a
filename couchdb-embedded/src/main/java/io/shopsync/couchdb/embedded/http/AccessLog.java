package io.shopsync.couchdb.embedded.http;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One line a request, as CouchDB's {@code [log] writer = file} writes it at level {@code notice}. */
final class AccessLog {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final Clock clock = Clock.systemUTC();
    private final AtomicLong processes = new AtomicLong();
    private final Consumer<String> lines;

    AccessLog(Consumer<String> lines) {
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
        lines.accept("[notice] " + TIME.format(clock.instant()) + " couchdb@127.0.0.1 <0."
                + processes.incrementAndGet() + ".0> " + requestId + " " + request.host() + " " + request.peer() + " "
                + user + " " + request.originalMethod() + " " + request.target() + " " + status + " " + outcome + " "
                + Math.round(nanos / 1e6));
    }
}
