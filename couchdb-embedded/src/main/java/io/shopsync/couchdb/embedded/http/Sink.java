package io.shopsync.couchdb.embedded.http;

/** Where a streamed answer goes. Small writes are gathered until {@link #flush} or a buffer is full. */
public interface Sink {
    /** @throws ClientGone when nobody listens any more: end quietly */
    void write(byte[] bytes) throws InterruptedException;

    void flush() throws InterruptedException;

    default void write(String text) throws InterruptedException {
        write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** The client closed the connection. */
    final class ClientGone extends RuntimeException {
        public ClientGone() {
            super("client gone", null, false, false);
        }
    }
}
