package io.shopsync.couchdb;

import io.shopsync.couchdb.document.RawJson;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Remembers what a streaming parser reads, from a mark on, so that a value can be cut out as the bytes it came in. A value
 * that outgrows the limit is let go while it is read.
 */
final class SpanSource extends FilterInputStream {

    private static final int SMALLEST = 16 * 1024;

    private final long limit;
    private byte[] window = new byte[SMALLEST];
    /** Where in the stream the window begins. */
    private long begins;

    private int length;

    /** @param limit the longest value that is kept, in bytes */
    SpanSource(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        var read = super.read(target, offset, count);
        if (read > 0) {
            remember(target, offset, read);
        }
        return read;
    }

    /** Forgets all before {@code offset} of the stream. */
    void mark(long offset) {
        var skipped = (int) Math.min(Math.max(0, offset - begins), length);
        System.arraycopy(window, skipped, window, 0, length - skipped);
        begins += skipped;
        length -= skipped;
    }

    /** A copy of the bytes from one offset of the stream to another; empty where they were let go. */
    Optional<RawJson> cut(long from, long to) {
        if (from < begins || to - from > limit) {
            return Optional.empty();
        }
        var start = Math.toIntExact(from - begins);
        return Optional.of(RawJson.of(Arrays.copyOfRange(window, start, Math.toIntExact(to - begins))));
    }

    private void remember(byte[] source, int offset, int count) {
        // The parser reads ahead of the value's end, so a value within the limit may come with as much again as a read.
        if (length > limit) {
            begins += length;
            length = 0;
        }
        if (length + count > window.length) {
            window = Arrays.copyOf(window, Math.max(length + count, window.length * 2));
        }
        System.arraycopy(source, offset, window, length, count);
        length += count;
    }
}
