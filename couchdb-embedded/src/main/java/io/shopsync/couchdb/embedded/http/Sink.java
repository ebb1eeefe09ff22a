package io.shopsync.couchdb.embedded.http;

import java.nio.charset.StandardCharsets;

/** Where a streamed answer goes. Small writes are gathered until {@link #flush} or a buffer is full. */
public interface Sink {
    /** @throws ClientGone when nobody listens any more: end quietly */
    void write(byte[] bytes) throws InterruptedException;

    /** Sends what was gathered. The first one sends the headers too. */
    void flush() throws InterruptedException;

    /** Calls back once when the client goes away. */
    void onGone(Runnable action);

    boolean isGone();

    default void write(String text) throws InterruptedException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The client closed the connection. */
    final class ClientGone extends RuntimeException {
        public ClientGone() {
            super("client gone", null, false, false);
        }
    }
}
