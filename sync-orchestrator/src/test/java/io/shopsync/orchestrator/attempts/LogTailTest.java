package io.shopsync.orchestrator.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    @TempDir
    private Path folder;

    private Path log;
    private LogTail tail;
    private int written;
    private final List<String> read = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        log = folder.resolve("couchdb.log");
        tail = new LogTail(log, List.of(), Duration.ofMinutes(1));
    }

    @AfterEach
    void close() throws IOException {
        tail.close();
    }

    @Test
    void waitsForALogAndReadsItFromItsBegin() throws IOException {
        assertThat(tail.read()).isEmpty();
        write(3);
        readAll();
        write(2);
        assertAllRead();
    }

    @Test
    void leavesALineThatIsHalfWrittenUntilItIsWhole() throws IOException {
        // Given
        append(log, "first\nsec");
        readAll();
        assertThat(read).containsExactly("first");
        // When
        append(log, "ond\n");
        readAll();
        // Then
        assertThat(read).containsExactly("first", "second");
    }

    @Test
    void readsBothFilesAfterARenameWhileTheWriterGoesOnInTheOld() throws IOException {
        write(3);
        readAll();
        // When the log is renamed, and its successor made at once, as logrotate does
        var old = folder.resolve("couchdb.log.1");
        Files.move(log, old);
        writeTo(old, 2);
        Files.createFile(log);
        writeTo(old, 1);
        readAll();
        writeTo(old, 1);
        write(2);
        // Then
        assertAllRead();
    }

    @Test
    void readsWhatWasRotatedTwiceBetweenTwoLooksAlsoWhileThereIsNoLog() throws IOException {
        write(1);
        readAll();
        // When
        write(1);
        Files.move(log, folder.resolve("couchdb.log.2"));
        write(2);
        Files.move(log, folder.resolve("couchdb.log.1"));
        // Then
        assertAllRead();
    }

    @Test
    void goesOnAfterTheLogWasCopiedAndEmptied() throws IOException {
        write(3);
        readAll();
        write(2);
        // When
        copyAndTruncate("couchdb.log.1");
        write(1);
        // Then
        assertAllRead();
    }

    @Test
    void noticesThatTheLogWasEmptiedAlsoWhenItHasGrownPastWhereItWasRead() throws IOException {
        write(2);
        readAll();
        // When
        copyAndTruncate("couchdb.log-20260301");
        write(20);
        // Then
        assertAllRead();
    }

    @Test
    void goesOnWhereItWasAfterARestart() throws IOException {
        write(3);
        readAll();
        restart();
        write(2);
        assertAllRead();
    }

    @Test
    void findsWhatWasRotatedWhileItDidNotRun() throws IOException {
        write(3);
        readAll();
        write(2);
        // When
        Files.move(log, folder.resolve("couchdb.log.1"));
        write(2);
        Files.move(folder.resolve("couchdb.log.1"), folder.resolve("couchdb.log.2"));
        Files.move(log, folder.resolve("couchdb.log.1"));
        write(1);
        restart();
        // Then
        assertAllRead();
    }

    @Test
    void findsTheCopyOfALogThatWasEmptiedWhileItDidNotRun() throws IOException {
        write(3);
        readAll();
        write(2);
        // When
        copyAndTruncate("couchdb.log.1");
        write(1);
        restart();
        // Then
        assertAllRead();
    }

    @Test
    void readsNothingOfBeforeAgain() throws IOException {
        // Given files of before its first start, and one that was read and rotated
        var before = folder.resolve("couchdb.log.9");
        append(before, "of before\n");
        Files.setLastModifiedTime(before, FileTime.from(Instant.now().minusSeconds(60)));
        append(folder.resolve("couchdb.log.8.gz"), "compressed\n");
        write(2);
        readAll();
        Files.move(log, folder.resolve("couchdb.log.1"));
        write(2);
        readAll();
        restart();
        restart();
        assertAllRead();
    }

    @Test
    void passesOverALineThatNeverEnds() throws IOException {
        append(log, "x".repeat(1_000_000) + "\n");
        write(1);
        readAll();
        assertThat(read).last().isEqualTo(line(0));
    }

    /** Any order of writing, reading, rotating in all ways, and restarting. */
    @Test
    void readsEachLineOnceWhateverHappens() throws IOException {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        int rotations = 0;
        // What was rotated before anybody ever looked is not looked at.
        write(1);
        readAll();
        for (int step = 0; step < 400; step++) {
            switch (random.nextInt(8)) {
                case 0 -> rename(++rotations);
                case 1 -> {
                    if (Files.exists(log)) {
                        // A file that was never looked at before it was emptied cannot be told from a new one.
                        readAll();
                        write(random.nextInt(3));
                        copyAndTruncate("couchdb.log.r" + ++rotations);
                        write(1);
                        readAll();
                    }
                }
                case 2 -> restart();
                case 3, 4 -> readAll();
                default -> write(random.nextInt(20));
            }
        }
        readAll();
        assertThat(read).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(lines());
    }

    private void rename(int rotation) throws IOException {
        if (Files.exists(log)) {
            Files.move(log, folder.resolve("couchdb.log.r" + rotation), StandardCopyOption.ATOMIC_MOVE);
            write(1);
        }
    }

    private void copyAndTruncate(String copy) throws IOException {
        Files.copy(log, folder.resolve(copy));
        try (var channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    private void restart() throws IOException {
        var positions = tail.positions();
        tail.close();
        tail = new LogTail(log, positions, Duration.ofMinutes(1));
    }

    private void write(int count) {
        writeTo(log, count);
    }

    private void writeTo(Path file, int count) {
        for (int i = 0; i < count; i++) {
            append(file, line(written++) + '\n');
        }
    }

    private static void append(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readAll() throws IOException {
        for (var lines = tail.read(); !lines.isEmpty(); lines = tail.read()) {
            read.addAll(lines);
        }
    }

    private void assertAllRead() throws IOException {
        readAll();
        assertThat(read).containsExactlyInAnyOrderElementsOf(lines());
    }

    private List<String> lines() {
        return IntStream.range(0, written).mapToObj(LogTailTest::line).toList();
    }

    private static String line(int number) {
        return "line " + number + " of a log";
    }
}
