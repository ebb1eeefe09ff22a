package io.shopsync.couchdb;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A response body read while it arrives, with an end to patience: the JDK's own stream waits for ever for a server that
 * has stopped in the midst of an answer. Read by one thread; closed by any.
 */
final class BodyStream extends InputStream implements BodySubscriber<BodyStream> {

    private static final int AHEAD = 4;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final LinkedBlockingQueue<Signal> arrived = new LinkedBlockingQueue<>();
    private final ArrayDeque<ByteBuffer> taken = new ArrayDeque<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final Duration idle;
    private ByteBuffer current = NOTHING;
    private boolean ended;
    private volatile boolean closed;

    BodyStream(Duration idle) {
        this.idle = idle;
    }

    private sealed interface Signal {
        record Bytes(List<ByteBuffer> bytes) implements Signal {}

        record Failed(IOException failure) implements Signal {}

        record End() implements Signal {}
    }

    /** Nothing came for as long as the server may be silent. */
    static final class Silence extends IOException {
        private Silence(Duration idle) {
            super("nothing within " + idle);
        }
    }

    /** The reading thread was interrupted; its flag is set again. */
    static final class ReaderInterrupted extends IOException {}

    @Override
    public CompletionStage<BodyStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (!subscription.complete(given)) {
            given.cancel();
            return;
        }
        if (closed) {
            given.cancel();
        } else {
            given.request(AHEAD);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        arrived.add(new Signal.Bytes(bytes));
    }

    @Override
    public void onError(Throwable failure) {
        arrived.add(new Signal.Failed(new IOException(failure.getMessage(), failure)));
    }

    @Override
    public void onComplete() {
        arrived.add(new Signal.End());
    }

    @Override
    public int read() throws IOException {
        return advance() ? current.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!advance()) {
            return -1;
        }
        var count = Math.min(length, current.remaining());
        current.get(target, offset, count);
        return count;
    }

    @Override
    public int available() {
        return current.remaining();
    }

    /** Reads on to the end of an answer whose meaning is complete, so that its connection can serve the next request. */
    void finish() throws IOException {
        while (advance()) {
            current = NOTHING;
        }
    }

    /** Ends the exchange; a reader that waits gets an {@link IOException}. A wholly read answer keeps its connection. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        var _ = subscription.thenAccept(Flow.Subscription::cancel);
        arrived.add(new Signal.Failed(new IOException("closed")));
    }

    private boolean advance() throws IOException {
        while (!current.hasRemaining() && !ended) {
            current = taken.poll();
            if (current == null) {
                current = NOTHING;
                take(next());
            }
        }
        return !ended;
    }

    private void take(Signal signal) throws IOException {
        switch (signal) {
            case Signal.Bytes bytes -> {
                taken.addAll(bytes.bytes());
                subscription.getNow(null).request(1);
            }
            case Signal.Failed failed -> throw failed.failure();
            case Signal.End _ -> ended = true;
        }
    }

    private Signal next() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        try {
            var signal = arrived.poll(idle.toNanos(), TimeUnit.NANOSECONDS);
            if (signal == null) {
                throw new Silence(idle);
            }
            return signal;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ReaderInterrupted();
        }
    }
}
