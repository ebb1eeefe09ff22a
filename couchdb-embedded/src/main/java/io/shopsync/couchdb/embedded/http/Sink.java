package io.shopsync.couchdb.embedded.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;

/**
 * Where a streamed answer goes. Small writes are gathered until {@link #flush} or a buffer is full; each full buffer
 * waits until the one before is gone, so a slow client slows us.
 */
public final class Sink {
    private static final int BUFFER = 32 * 1024;

    private final HttpServerResponse response;
    private Buffer buffer = Buffer.buffer(BUFFER);
    private Runnable onGone = () -> {};
    private volatile boolean gone;

    Sink(HttpServerResponse response) {
        this.response = response;
        response.closeHandler(closed -> gone());
        response.exceptionHandler(broken -> gone());
    }

    private synchronized void gone() {
        gone = true;
        onGone.run();
    }

    /** Calls back once when the client goes away. */
    public synchronized void onGone(Runnable action) {
        onGone = action;
        if (gone) {
            action.run();
        }
    }

    public boolean isGone() {
        return gone;
    }

    /** @throws ClientGone when nobody listens any more: end quietly */
    public void write(byte[] bytes) {
        if (gone) {
            throw new ClientGone();
        }
        buffer.appendBytes(bytes);
        if (buffer.length() >= BUFFER) {
            flush();
        }
    }

    public void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends what was gathered. The first one sends the headers too. */
    public void flush() {
        if (buffer.length() == 0) {
            return;
        }
        if (!response.headWritten()) {
            response.setChunked(true);
        }
        Buffer full = buffer;
        buffer = Buffer.buffer(BUFFER);
        await(response.write(full));
    }

    void end() {
        if (gone) {
            throw new ClientGone();
        }
        await(response.end(buffer));
    }

    static void await(Future<Void> sent) {
        try {
            sent.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new ClientGone();
        }
    }

    /** The client closed the connection. */
    public static final class ClientGone extends RuntimeException {
        public ClientGone() {
            super("client gone", null, false, false);
        }
    }
}
