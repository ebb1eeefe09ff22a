package io.shopsync.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;

/** How long each of many took, to three digits; any thread may add to it. */
public final class Latencies {

    private static final int DIGITS = 3;

    private final ConcurrentHistogram micros = new ConcurrentHistogram(DIGITS);

    /** Adds one. */
    public void add(Duration latency) {
        micros.recordValue(TimeUnit.NANOSECONDS.toMicros(latency.toNanos()));
    }

    /** Runs {@code work} and adds the time it took, unless it failed. */
    public void time(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        add(Duration.ofNanos(System.nanoTime() - begun));
    }

    /** How many were added. */
    public long count() {
        return micros.getTotalCount();
    }

    /**
     * What {@code percent} of them did not exceed.
     *
     * @param percent 0 to 100
     * @throws IllegalStateException where none was added
     */
    public Duration percentile(double percent) {
        if (count() == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        return Duration.of(micros.getValueAtPercentile(percent), TimeUnit.MICROSECONDS.toChronoUnit());
    }

    /** Half of them took no longer. */
    public Duration median() {
        return percentile(50);
    }
}
