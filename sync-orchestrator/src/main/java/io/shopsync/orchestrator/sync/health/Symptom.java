package io.shopsync.orchestrator.sync.health;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.sync.HealthReason;
import io.shopsync.contracts.sync.SyncHealth;
import java.time.Duration;

/**
 * One thing that is not as it should be.
 *
 * @param of the health that it makes once it lasts
 * @param lasting for how long it has been so, or has been missed; never negative
 */
public record Symptom(SyncHealth of, Duration lasting, HealthReason reason, DatabaseName database) {

    /** As long as any threshold: what is not going to pass by itself need not last to count. */
    public static final Duration FOR_GOOD = Duration.ofDays(365);

    public Symptom {
        if (of == SyncHealth.OK || lasting.isNegative()) {
            throw new IllegalArgumentException("no symptom: " + of + " for " + lasting);
        }
    }
}
