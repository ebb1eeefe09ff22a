package io.shopsync.provisioning.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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

    /** How long it has to wait; empty where it may try at once. */
    synchronized Optional<Duration> pause(Attempt attempt) {
        return Optional.ofNullable(failures.get(attempt))
                .filter(failed -> failed.count() >= FREE_ATTEMPTS)
                .map(failed -> Duration.between(clock.instant(), failed.last().plus(PAUSE)))
                .filter(Duration::isPositive);
    }

    synchronized void failed(Attempt attempt) {
        var count = failures.containsKey(attempt) ? failures.get(attempt).count() : 0;
        failures.put(attempt, new Failures(count + 1, clock.instant()));
    }

    synchronized void succeeded(Attempt attempt) {
        failures.remove(attempt);
    }
}
