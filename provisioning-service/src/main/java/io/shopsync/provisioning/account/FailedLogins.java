package io.shopsync.provisioning.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down whoever guesses passwords: after {@link #FREE_ATTEMPTS} failures in a row from one address for one name,
 * that address has to wait before it may try that name again. Others are not kept from logging in by it.
 *
 * <p>Each replica counts for itself, and forgets the oldest when there are too many: it is a brake, not a lock.
 */
@ApplicationScoped
class FailedLogins {

    static final int FREE_ATTEMPTS = 5;
    static final Duration PAUSE = Duration.ofSeconds(30);

    private static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final Map<Attempt, Failures> failures = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Attempt, Failures> eldest) {
            return size() > REMEMBERED;
        }
    };

    FailedLogins(Clock clock) {
        this.clock = clock;
    }

    /** Who tries to log in from where. */
    record Attempt(String name, String address) {}

    private record Failures(int count, Instant last) {}

    synchronized boolean mustWait(Attempt attempt) {
        var failed = failures.get(attempt);
        return failed != null
                && failed.count() >= FREE_ATTEMPTS
                && clock.instant().isBefore(failed.last().plus(PAUSE));
    }

    synchronized void failed(Attempt attempt) {
        var count = failures.containsKey(attempt) ? failures.get(attempt).count() : 0;
        failures.put(attempt, new Failures(count + 1, clock.instant()));
    }

    synchronized void succeeded(Attempt attempt) {
        failures.remove(attempt);
    }
}
