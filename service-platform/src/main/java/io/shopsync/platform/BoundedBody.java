package io.shopsync.platform;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body as it is read, up to a number of bytes; one more throws {@link BodyTooLargeException}. */
final class BoundedBody extends FilterInputStream {

    private final long limit;
    private long read;

    BoundedBody(InputStream body, long limit) {
        super(body);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int bytes = super.read(buffer, offset, length);
        count(Math.max(bytes, 0));
        return bytes;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int bytes) throws IOException {
        read += bytes;
        if (read > limit) {
            throw new BodyTooLargeException(limit);
        }
    }
}
