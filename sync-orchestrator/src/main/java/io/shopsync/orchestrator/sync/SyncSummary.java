package io.shopsync.orchestrator.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.shopsync.contracts.ShopId;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How the sync of a shop goes, in a line.
 *
 * @param documentsPending changes that the device or target farthest behind has yet to get
 * @param lagSeconds what that has missed, in time
 * @param devices that have moved of late; a till that syncs both ways counts twice
 * @param devicesBehind that have yet to read something
 * @param devicesStopped that do not move while their database goes on changing
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "ShopSyncSummary")
public record SyncSummary(
        ShopId shopId,
        SyncView.HealthView health,
        boolean critical,
        long documentsPending,
        long lagSeconds,
        long devices,
        long devicesBehind,
        long devicesStopped,
        Optional<Instant> lastSyncAt) {

    static SyncSummary of(ShopHealth health) {
        var figures = health.figures();
        return new SyncSummary(
                health.shop(),
                SyncView.HealthView.of(health),
                health.critical(),
                figures.pending(),
                figures.lag().toSeconds(),
                figures.devices(),
                figures.behind(),
                figures.stopped(),
                figures.lastSync());
    }
}
