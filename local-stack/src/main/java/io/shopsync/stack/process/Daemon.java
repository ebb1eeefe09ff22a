package io.shopsync.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A process that outlives the one that starts it, found again by its {@link PidFile}.
 *
 * @param name what to call it
 * @param run the folder that remembers it
 * @param log where its output goes
 */
public record Daemon(String name, Path run, Path log) {

    /** What is run, and in what environment: a change of either, or of {@code version}, wants a restart. */
    public record Command(List<String> words, Map<String, String> environment, String version) {

        private String fingerprint() {
            try {
                var text = words + "\n" + new TreeMap<>(environment) + "\n" + version;
                var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }

    /** The running process. */
    public Optional<ProcessHandle> living() {
        return pidFile().living();
    }

    /** Whether it runs, started by just this command. */
    public boolean runs(Command command) {
        return living().isPresent()
                && fingerprint().exists()
                && fingerprint().read().equals(command.fingerprint());
    }

    /** Starts it; its output is appended to the log. */
    public ProcessHandle start(Command command) {
        Folders.make(log.toAbsolutePath().getParent());
        var builder = new ProcessBuilder(command.words())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(command.environment());
        try {
            var process = builder.start().toHandle();
            pidFile().write(process);
            fingerprint().write(command.fingerprint());
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be started", e);
        }
    }

    /** Asks it to end, waits, and kills it where it does not; false where it did not run. */
    public boolean stop(Duration patience) {
        return pidFile().end(patience);
    }

    /** The last lines of its log. */
    public List<String> lastLines(int count) {
        try {
            var lines = Files.exists(log) ? Files.readAllLines(log) : List.<String>of();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PidFile pidFile() {
        return new PidFile(run.resolve(name + ".pid"));
    }

    private PrivateFile fingerprint() {
        return new PrivateFile(run.resolve(name + ".fingerprint"));
    }
}
