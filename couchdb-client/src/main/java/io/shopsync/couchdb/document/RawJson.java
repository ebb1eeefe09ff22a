package io.shopsync.couchdb.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A JSON value as the bytes it came in: what is only passed on is never parsed. It is a window into a buffer that others
 * may share, so the buffer must not be written to.
 */
public final class RawJson {

    /** What CouchDB stores is bounded by CouchDB: Jackson's own limits would make some of it unreadable. */
    public static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxNestingDepth(100_000)
            .build();

    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(LIMITS).build();

    private final byte[] buffer;
    private final int offset;
    private final int length;

    private RawJson(byte[] buffer, int offset, int length) {
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
    }

    /** All of {@code json}, which is not copied. */
    public static RawJson of(byte[] json) {
        return new RawJson(json, 0, json.length);
    }

    /** A part of {@code buffer}, which is not copied. */
    public static RawJson slice(byte[] buffer, int from, int to) {
        Objects.checkFromToIndex(from, to, buffer.length);
        return new RawJson(buffer, from, to - from);
    }

    /** How many bytes. */
    public int length() {
        return length;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return Arrays.copyOfRange(buffer, offset, offset + length);
    }

    /** The bytes themselves, read-only. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(buffer, offset, length).asReadOnlyBuffer();
    }

    /** The same bytes in an array of their own, so that a large buffer they are a small part of can be given up. */
    public RawJson detached() {
        return length == buffer.length ? this : of(bytes());
    }

    /** Writes the bytes. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(buffer, offset, length);
    }

    /** Reads the JSON piece by piece, without a copy of the bytes. */
    public JsonParser parser() throws IOException {
        return JSON.createParser(buffer, offset, length);
    }

    /** The JSON as text. */
    public String text() {
        return new String(buffer, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawJson that && buffer().equals(that.buffer());
    }

    @Override
    public int hashCode() {
        return buffer().hashCode();
    }

    /** The size alone: documents belong in no log. */
    @Override
    public String toString() {
        return "RawJson[" + length + " bytes]";
    }
}
