package io.shopsync.stack.postgres;

import io.shopsync.stack.process.PidFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The Postgres process that a crash of its parent left behind on a data folder. */
final class Postmaster {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    private Postmaster() {}

    /**
     * Ends a server that still runs on {@code data}, so that a new one may take the folder over.
     *
     * <p>SIGINT is Postgres' fast shutdown: sessions are cut and the data is left clean, whereas SIGTERM would wait for
     * clients to go.
     */
    static void endOrphan(Path data) {
        var orphan = running(data);
        if (orphan.isEmpty()) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(orphan.get().pid()))
                    .inheritIO()
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!PidFile.ended(orphan.get(), PATIENCE)) {
            throw new IllegalStateException(
                    "an old Postgres (process " + orphan.get().pid() + ") on " + data + " does not end");
        }
    }

    /** Reads {@code postmaster.pid}: the process id, the data folder and the start time in seconds are its first lines. */
    private static Optional<ProcessHandle> running(Path data) {
        var file = data.resolve("postmaster.pid");
        List<String> lines;
        try {
            lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (lines.size() < 3) {
            return Optional.empty();
        }
        var started = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .map(start -> Duration.between(start, started).abs().compareTo(CLOCK_SKEW) < 0)
                        .orElse(false));
    }
}
