package io.shopsync.audit.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How the sync of a shop fared, in steps of time. A step of which there is no sample is left out.
 *
 * @param step length of each step (ISO 8601); its time is that of its beginning
 * @param replication one a step, database, target and direction
 * @param devices one a step and database
 */
@Schema(name = "SyncMetrics")
public record SyncSeries(
        Instant from, Instant to, String step, List<ReplicationPoint> replication, List<DevicesPoint> devices) {

    /**
     * What replication did in a step.
     *
     * @param bytesRead of JSON
     * @param busyMillis how long runs took
     * @param pending most changes of the source that were still to come
     * @param lagMillis the longest for which the target has not had everything
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "ReplicationPoint")
    public record ReplicationPoint(
            Instant time,
            String database,
            String engine,
            String target,
            String direction,
            long documentsRead,
            long documentsWritten,
            long documentsFailed,
            long bytesRead,
            long busyMillis,
            Optional<Long> pending,
            long lagMillis) {}

    /**
     * How devices were in a step, at worst.
     *
     * @param devices that had moved of late
     * @param pending most changes that one had not read
     * @param lagMillis most that one had missed, in time
     */
    @Schema(name = "DevicesPoint")
    public record DevicesPoint(
            Instant time, String database, long devices, long behind, long stopped, long pending, long lagMillis) {}
}
