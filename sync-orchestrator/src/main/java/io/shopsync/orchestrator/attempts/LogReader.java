package io.shopsync.orchestrator.attempts;

import io.shopsync.orchestrator.platform.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Reads one log, on one of the replicas that can see it. Where it stands is stored with what it read, so that whoever
 * goes on after it counts nothing twice and nothing is passed over.
 */
final class LogReader implements Runnable {

    private static final Logger LOG = Logger.getLogger(LogReader.class);

    /** How long a position that only passed over lines may go unstored: they can be read again. */
    private static final Duration STORE_EVERY = Duration.ofSeconds(1);

    private final Path path;
    private final Supplier<LogParser> parsers;
    private final Judge judge;
    private final Bursts bursts;
    private final LogPositions positions;
    private final Lease lease;
    private final AttemptsConfig config;
    private volatile boolean reading;

    /** @param parsers makes what reads the lines of the log, from their begin */
    LogReader(
            Path path,
            Supplier<LogParser> parsers,
            Judge judge,
            Bursts bursts,
            LogPositions positions,
            Lease lease,
            AttemptsConfig config) {
        this.path = path;
        this.parsers = parsers;
        this.judge = judge;
        this.bursts = bursts;
        this.positions = positions;
        this.lease = lease;
        this.config = config;
    }

    /** Whether it is this replica that reads the log. */
    boolean reads() {
        return reading;
    }

    /** Reads until it is interrupted. */
    @Override
    public void run() {
        try {
            while (true) {
                readAsLeader();
                TimeUnit.NANOSECONDS.sleep(renewal().toNanos());
            }
        } catch (InterruptedException _) {
            // Asked to stop.
            Thread.currentThread().interrupt();
        }
    }

    private void readAsLeader() throws InterruptedException {
        try {
            // Where there is no such file, another replica may have it.
            if (Files.exists(path) && lease.hold()) {
                reading = true;
                readWhileLeader();
            }
        } catch (IOException | RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LOG.warnf("%s is read again from where it was left: %s", path, e.getMessage());
        } finally {
            if (reading) {
                reading = false;
                release();
            }
        }
    }

    private void readWhileLeader() throws IOException, InterruptedException {
        var log = path.toString();
        var stored = positions.of(log);
        var parser = parsers.get();
        var storedAt = System.nanoTime();
        var renewedAt = System.nanoTime();
        try (var tail = new LogTail(path, stored, config.afterRotation())) {
            while (true) {
                if (passed(renewal(), renewedAt)) {
                    if (!lease.hold()) {
                        return;
                    }
                    renewedAt = System.nanoTime();
                }
                var lines = tail.read();
                var attempts = attempts(parser, lines);
                var now = tail.positions();
                if (!attempts.isEmpty() || (!now.equals(stored) && passed(STORE_EVERY, storedAt))) {
                    var before = stored;
                    bursts.take(attempts, () -> positions.move(log, before, now));
                    stored = now;
                    storedAt = System.nanoTime();
                }
                if (lines.isEmpty()) {
                    TimeUnit.NANOSECONDS.sleep(config.poll().toNanos());
                }
            }
        }
    }

    private List<Attempt> attempts(LogParser parser, List<String> lines) {
        return parser.read(lines).stream()
                .flatMap(sighting -> judge.judge(sighting).stream())
                .toList();
    }

    private void release() {
        try {
            lease.release();
        } catch (RuntimeException e) {
            LOG.debugf("the lease of %s ends by itself: %s", path, e.getMessage());
        }
    }

    private Duration renewal() {
        return config.lease().dividedBy(3);
    }

    private static boolean passed(Duration time, long sinceNanos) {
        return System.nanoTime() - sinceNanos > time.toNanos();
    }
}
