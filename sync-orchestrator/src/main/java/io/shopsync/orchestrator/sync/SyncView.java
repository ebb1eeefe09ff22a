package io.shopsync.orchestrator.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.HealthReason;
import io.shopsync.contracts.sync.SyncHealth;
import io.shopsync.orchestrator.replication.pair.Direction;
import io.shopsync.orchestrator.replication.pair.EngineKind;
import io.shopsync.orchestrator.replication.pair.PairState;
import io.shopsync.orchestrator.sync.device.Device;
import io.shopsync.orchestrator.sync.device.DeviceDirection;
import io.shopsync.orchestrator.sync.device.DeviceKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How the sync of a shop goes, as callers see it.
 *
 * @param critical whether the shop is looked at all the time
 * @param lastSyncAt when a device or target last advanced
 * @param lastError the latest of its databases'
 * @param documentsPending changes that the device or target farthest behind has yet to get
 * @param lagSeconds what that has missed, in time
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "ShopSync")
public record SyncView(
        ShopId shopId,
        HealthView health,
        boolean critical,
        Activity state,
        Optional<Instant> lastSyncAt,
        Optional<SyncError> lastError,
        long documentsPending,
        long lagSeconds,
        List<DatabaseSync> databases) {

    /**
     * How well it goes.
     *
     * @param reason why it is not OK: a stable code
     * @param databases that the reason is about
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "SyncHealthState")
    public record HealthView(
            SyncHealth state,
            Instant since,
            Optional<HealthReason> reason,
            Optional<String> whatToDo,
            List<DatabaseName> databases) {

        static HealthView of(ShopHealth health) {
            return new HealthView(
                    health.state().health(),
                    health.state().since(),
                    health.reason(),
                    health.reason().map(HealthReason::advice),
                    health.databases());
        }
    }

    /** What failed: a stable code, words for people, and what to do. */
    @Schema(name = "SyncError")
    public record SyncError(String code, String detail, Instant at, String whatToDo) {}

    /**
     * One of the shop's databases.
     *
     * @param lookedAt when its devices were last looked at
     * @param changedAt when it was last seen to have changed
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "DatabaseSync")
    public record DatabaseSync(
            DatabaseName name,
            Activity state,
            Optional<Instant> lookedAt,
            Optional<Instant> changedAt,
            long documents,
            Optional<Instant> lastSyncAt,
            Optional<SyncError> lastError,
            List<TargetSync> targets,
            List<DeviceSync> devices) {}

    /**
     * A server that the database is replicated to or from.
     *
     * @param target {@code standby}, or the name of one of the shop's edges
     * @param direction {@code PUSH} to the target, {@code PULL} from it
     * @param lastSyncAt when it last had everything
     * @param documentsPending changes it has yet to get; absent where that is not known
     * @param documentsRefused that are not there because it refuses them
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "TargetSync")
    public record TargetSync(
            String target,
            Direction direction,
            EngineKind engine,
            PairState state,
            Optional<Instant> lastSyncAt,
            Optional<SyncError> lastError,
            Optional<Long> documentsPending,
            long documentsRefused,
            Throughput throughput) {}

    /**
     * What all runs did so far, and how fast while they ran.
     *
     * @param bytes of JSON
     */
    @Schema(name = "Throughput")
    public record Throughput(long documents, long bytes, double documentsPerSecond, double bytesPerSecond) {}

    /**
     * A till, or another replicator that is not ours.
     *
     * @param replicator the id of its replication: a till has one for each direction
     * @param session what it called its last run
     * @param documentsPending changes of the database it has not read, its own last writes among them; absent where that
     *     cannot be told
     * @param lagSeconds how old its last movement was when the database last changed
     * @param movedAt when its checkpoint was last seen to have moved
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "DeviceSync")
    public record DeviceSync(
            String replicator,
            String session,
            DeviceKind kind,
            DeviceDirection direction,
            Device.State state,
            String lastSequence,
            Optional<Long> documentsPending,
            long lagSeconds,
            Instant firstSeenAt,
            Instant movedAt) {}
}
