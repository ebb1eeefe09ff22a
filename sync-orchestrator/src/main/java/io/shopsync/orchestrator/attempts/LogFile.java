package io.shopsync.orchestrator.attempts;

import io.shopsync.orchestrator.attempts.LogPosition.Head;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** One file of a log, held open so that it can be read to its end whatever becomes of its name. */
final class LogFile implements AutoCloseable {

    private static final int PIECE = 256 * 1024;

    private final FileChannel channel;
    private final String key;
    private Head head;
    private long offset;
    private long grewAt = System.nanoTime();

    private LogFile(FileChannel channel, String key, Head head, long offset) {
        this.channel = channel;
        this.key = key;
        this.head = head;
        this.offset = offset;
    }

    /** Opens the file to be read from its begin; empty where there is none. */
    static Optional<LogFile> open(Path path) throws IOException {
        return open(path, Head.NONE, 0);
    }

    /** Opens the file to be read on from an offset, if it begins as it did; empty where it does not, or is none. */
    static Optional<LogFile> open(Path path, Head head, long offset) throws IOException {
        FileChannel channel = null;
        try {
            var key = keyOf(path);
            channel = FileChannel.open(path, StandardOpenOption.READ);
            var file = new LogFile(channel, key, head, offset);
            if (key.equals(keyOf(path)) && file.isWhatItWas()) {
                channel = null;
                return Optional.of(file);
            }
            return Optional.empty();
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } finally {
            if (channel != null) {
                channel.close();
            }
        }
    }

    /** Device and inode of what has this name now. */
    static String keyOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey().toString();
    }

    LogPosition position() {
        return new LogPosition(key, head, offset);
    }

    String key() {
        return key;
    }

    /** How long ago there was something to read, in nanoseconds. */
    long quietNanos() {
        return System.nanoTime() - grewAt;
    }

    /** Whether it still begins as it did, and holds what was read: it may have been emptied. */
    boolean isWhatItWas() throws IOException {
        return channel.size() >= offset && headOf(head.length()).equals(head);
    }

    /**
     * The next lines that are whole; none at its end. An end without a line break waits for the rest. A line longer than
     * any log's is passed over.
     */
    List<String> read() throws IOException {
        while (true) {
            var bytes = bytes(offset, Math.clamp(channel.size() - offset, 0, PIECE));
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            // It may have been emptied, and written to again, while it was read.
            if (bytes.length == 0 || !isWhatItWas()) {
                return List.of();
            }
            if (end > 0) {
                advance(end);
                return List.of(new String(bytes, 0, end - 1, StandardCharsets.UTF_8).split("\n", -1));
            }
            if (bytes.length < PIECE) {
                return List.of();
            }
            advance(PIECE);
        }
    }

    /** Begins anew with what it holds now. */
    void startOver() {
        head = Head.NONE;
        offset = 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void advance(int length) throws IOException {
        offset += length;
        grewAt = System.nanoTime();
        if (head.length() < Head.LONGEST) {
            head = headOf((int) Math.min(Head.LONGEST, offset));
        }
    }

    private Head headOf(int length) throws IOException {
        if (length == 0) {
            return Head.NONE;
        }
        var bytes = bytes(0, length);
        try {
            return new Head(
                    bytes.length,
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** As many of these bytes as there are. */
    private byte[] bytes(long from, int length) throws IOException {
        var buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            // Reads on until it is full or the file ends.
            Thread.onSpinWait();
        }
        var bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }
}
