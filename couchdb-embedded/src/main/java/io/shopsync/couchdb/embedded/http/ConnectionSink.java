package io.shopsync.couchdb.embedded.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.ExecutionException;

/** A streamed answer on a connection: each full buffer waits until the one before is gone, so a slow client slows us. */
final class ConnectionSink implements Sink {
    private static final int BUFFER = 32 * 1024;

    private final HttpServerResponse response;
    private final boolean head;
    private Buffer buffer = Buffer.buffer(BUFFER);
    private boolean started;
    private Runnable onGone = () -> {};
    private volatile boolean gone;

    ConnectionSink(HttpServerResponse response, boolean head) {
        this.response = response;
        this.head = head;
    }

    /** Called by the connection. */
    synchronized void gone() {
        gone = true;
        onGone.run();
    }

    @Override
    public synchronized void onGone(Runnable action) {
        onGone = action;
        if (gone) {
            action.run();
        }
    }

    @Override
    public boolean isGone() {
        return gone;
    }

    @Override
    public void write(byte[] bytes) throws InterruptedException {
        if (gone) {
            throw new ClientGone();
        }
        buffer.appendBytes(bytes);
        if (buffer.length() >= BUFFER) {
            flush();
        }
    }

    @Override
    public void flush() throws InterruptedException {
        if (buffer.length() == 0 || head) {
            return;
        }
        if (!started) {
            response.setChunked(true);
            started = true;
        }
        Buffer full = buffer;
        buffer = Buffer.buffer(BUFFER);
        await(response.write(full));
    }

    void end() throws InterruptedException {
        if (gone) {
            throw new ClientGone();
        }
        await(head ? response.end() : response.end(buffer));
    }

    static void await(Future<Void> sent) throws InterruptedException {
        try {
            sent.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new ClientGone();
        }
    }
}
