package io.shopsync.orchestrator.sync.health;

import io.shopsync.contracts.sync.SyncHealth;
import java.time.Instant;
import java.util.Optional;

/**
 * The health that stands, with what has to be remembered to change it.
 *
 * @param since when it became so
 * @param betterSince since when, without a break, the symptoms are of a better one
 */
public record HealthState(SyncHealth health, Instant since, Optional<Instant> betterSince) {

    /** A shop of which nothing is known yet. */
    public static HealthState unknown(Instant now) {
        return new HealthState(SyncHealth.OK, now, Optional.empty());
    }
}
