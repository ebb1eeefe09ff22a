package io.shopsync.couchdb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A continuous feed: rows as they come, one a line, with empty lines as signs of life. Read by one thread, closed by any;
 * closing wakes the reader.
 */
public final class Feed<T> implements AutoCloseable {

    /** Heartbeats that may fail to come before the feed counts as dead. */
    private static final int PATIENCE = 3;

    private final Call call;
    private final BodyStream body;
    private final LineReader<T> reader;
    private final byte[] chunk = new byte[8192];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int next;
    private int filled;
    private volatile boolean closed;

    private Feed(Call call, BodyStream body, LineReader<T> reader) {
        this.call = call;
        this.body = body;
        this.reader = reader;
    }

    /** Reads a row from a line; empty for the line that ends the feed. */
    interface LineReader<T> {
        Optional<T> read(byte[] line) throws IOException;
    }

    static Route continuous(Route route, CouchOptions options) {
        return route.with("feed", "continuous")
                .with("heartbeat", options.heartbeat().toMillis());
    }

    static <T> Feed<T> open(Transport transport, Call call, LineReader<T> reader) {
        Duration patience = transport.options().heartbeat().multipliedBy(PATIENCE);
        // A quiet feed sends its status with the first heartbeat, not before.
        var first = transport.options().requestTimeout();
        var patient = call.within(first.compareTo(patience) > 0 ? first : patience);
        return new Feed<>(call, transport.stream(patient, patience), reader);
    }

    /**
     * The next row, waited for; empty when the server has ended the feed, or it was closed.
     *
     * @throws CouchException.TimedOut where no sign of life came for three heartbeats
     * @throws CouchException.Unreachable where the connection was cut
     */
    public Optional<T> next() {
        try {
            while (readLine()) {
                if (line.size() > 0) {
                    return reader.read(line.toByteArray());
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            if (closed) {
                return Optional.empty();
            }
            throw Transport.broken(call, e);
        }
    }

    /** Ends the feed and its connection. */
    @Override
    public void close() {
        closed = true;
        body.close();
    }

    private boolean readLine() throws IOException {
        line.reset();
        while (true) {
            for (var at = next; at < filled; at++) {
                if (chunk[at] == '\n') {
                    line.write(chunk, next, at - next);
                    next = at + 1;
                    return true;
                }
            }
            line.write(chunk, next, filled - next);
            next = 0;
            filled = Math.max(0, body.read(chunk, 0, chunk.length));
            if (filled == 0) {
                return line.size() > 0;
            }
        }
    }
}
