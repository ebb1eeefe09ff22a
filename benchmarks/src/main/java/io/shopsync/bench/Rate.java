package io.shopsync.bench;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How many of something were done in which time. */
public record Rate(long count, Duration time) {

    private static final double NANOS_PER_SECOND = 1e9;

    /** @throws IllegalArgumentException where no time has passed: that is no measurement */
    public Rate {
        if (count < 0 || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(count + " in " + time + " is no rate");
        }
    }

    /** Runs {@code work} and takes the time; it returns how many it did. */
    public static Rate of(LongSupplier work) {
        long begun = System.nanoTime();
        long count = work.getAsLong();
        return new Rate(count, Duration.ofNanos(Math.max(1, System.nanoTime() - begun)));
    }

    /** How many a second. */
    public double perSecond() {
        return count * NANOS_PER_SECOND / time.toNanos();
    }
}
