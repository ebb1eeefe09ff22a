package io.shopsync.orchestrator.sync;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.HealthReason;
import io.shopsync.orchestrator.sync.health.HealthState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a shop's sync is, as it stands in the list of all shops.
 *
 * @param critical whether it is looked at all the time
 * @param reason why it is not OK
 * @param databases that the reason is about
 * @param figures as of the last look
 */
record ShopHealth(
        ShopId shop,
        boolean critical,
        HealthState state,
        Optional<HealthReason> reason,
        List<DatabaseName> databases,
        Figures figures) {

    ShopHealth {
        databases = List.copyOf(databases);
    }

    /**
     * What a list shows of a shop.
     *
     * @param pending changes that the device or target farthest behind has yet to get
     * @param lag what that has missed, in time
     * @param devices that have moved of late
     */
    record Figures(long pending, Duration lag, long devices, long behind, long stopped, Optional<Instant> lastSync) {}

    static ShopHealth unknown(ShopId shop, Instant now) {
        return new ShopHealth(
                shop,
                false,
                HealthState.unknown(now),
                Optional.empty(),
                List.of(),
                new Figures(0, Duration.ZERO, 0, 0, 0, Optional.empty()));
    }
}
