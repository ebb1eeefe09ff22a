package io.shopsync.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Remembers a process across a crash of the one that started it.
 *
 * <p>The start time is kept beside the id, because the system gives ids out again: a stranger's process is never
 * taken for ours.
 */
public record PidFile(Path file) {

    /** Remembers {@code process}, replacing what was remembered. */
    public void write(ProcessHandle process) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, process.pid() + " " + startOf(process) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The remembered process, if it still runs. */
    public Optional<ProcessHandle> living() {
        String[] words;
        try {
            words = Files.exists(file) ? Files.readString(file).strip().split(" ", 2) : new String[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (words.length != 2) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(ProcessHandle::isAlive)
                .filter(process -> startOf(process).equals(words[1]));
    }

    /** Forgets the process. */
    public void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Asks the remembered process to end, waits, and kills it where it does not.
     *
     * @return whether there was one to end
     */
    public boolean end(Duration patience) {
        var process = living();
        process.ifPresent(living -> end(living, patience));
        delete();
        return process.isPresent();
    }

    /** Asks a process to end (SIGTERM), waits up to {@code patience}, then kills it. */
    public static void end(ProcessHandle process, Duration patience) {
        process.destroy();
        if (!ended(process, patience)) {
            process.destroyForcibly();
            ended(process, patience);
        }
    }

    /** Waits until a process has ended; false where it has not within {@code patience}. */
    public static boolean ended(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("?");
    }
}
