package io.shopsync.orchestrator.sync.device;

import io.shopsync.contracts.ShopDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of a database and its devices.
 *
 * @param incarnation CouchDB's {@code instance_start_time}: a database made anew has other devices
 * @param changedAt when it was last seen to have changed
 * @param failure why the last look failed
 */
public record Observation(
        ShopDatabase database,
        Optional<Instant> lookedAt,
        Optional<String> incarnation,
        Optional<String> updateSeq,
        Size size,
        Optional<Instant> changedAt,
        Optional<Failure> failure,
        List<Device> devices) {

    private static final int PATIENCE = 12;

    public Observation {
        devices = List.copyOf(devices);
    }

    /**
     * How large it is.
     *
     * @param documents not deleted
     * @param tombstones deleted
     * @param bytes on disk
     */
    public record Size(long documents, long tombstones, long bytes) {}

    /**
     * Why looks fail.
     *
     * @param since the first of them
     * @param at the last of them
     * @param reason a stable code
     */
    public record Failure(Instant since, Instant at, String reason, String detail) {}

    static Observation none(ShopDatabase database) {
        return new Observation(
                database,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Size(0, 0, 0),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    Observation with(List<Device> others) {
        return new Observation(database, lookedAt, incarnation, updateSeq, size, changedAt, failure, others);
    }

    /** What a device has missed, in time. */
    public Duration lag(Device device) {
        return changedAt.map(device::lag).orElse(Duration.ZERO);
    }

    /** How a device fares. */
    public Device.State state(Device device, Instant now, LookConfig config) {
        return device.state(changedAt.orElse(Instant.MIN), now, config);
    }

    /** What is known after a look that saw the database. */
    Observation after(Look.Seen look, Instant now) {
        var info = look.info();
        var same = incarnation.filter(info.instanceStartTime()::equals).isPresent();
        Map<String, Device> known =
                same ? devices.stream().collect(Collectors.toMap(Device::replicator, Function.identity())) : Map.of();
        var changed = !same || !updateSeq.equals(Optional.of(info.updateSeq()));
        return new Observation(
                database,
                Optional.of(now),
                Optional.of(info.instanceStartTime()),
                Optional.of(info.updateSeq()),
                new Size(info.documents(), info.deleted(), info.sizes().file()),
                changed ? Optional.of(now) : changedAt,
                Optional.empty(),
                look.checkpoints().entrySet().stream()
                        .map(seen -> device(known, seen.getKey(), seen.getValue(), now))
                        .toList());
    }

    /** What is known after a look that failed: all that was before. */
    Observation after(Look.Failed look, Instant now) {
        var since = failure.map(Failure::since).orElse(now);
        return new Observation(
                database,
                lookedAt,
                incarnation,
                updateSeq,
                size,
                changedAt,
                Optional.of(new Failure(since, now, look.reason().name(), look.detail())),
                devices);
    }

    /**
     * How long it can wait to be looked at again, where nothing tells of a change: a twelfth of the time for which the
     * devices that are behind have not moved, so that a till that comes back is soon seen, and one that does not costs
     * little.
     */
    Duration nextLook(Instant now, LookConfig config) {
        if (failure.isPresent()) {
            return config.retryAfter();
        }
        return behind(now, config)
                .map(Device::movedAt)
                .max(Comparator.naturalOrder())
                .map(moved ->
                        clamp(Duration.between(moved, now).dividedBy(PATIENCE), config.spacing(), config.idleEvery()))
                .orElse(config.idleEvery());
    }

    private Stream<Device> behind(Instant now, LookConfig config) {
        return devices.stream()
                .filter(device -> device.pending().filter(count -> count > 0).isPresent())
                .filter(device -> state(device, now, config) != Device.State.GONE);
    }

    private static Device device(
            Map<String, Device> known, Checkpoint checkpoint, Device.Reading reading, Instant now) {
        var before = known.get(checkpoint.replicator());
        return before == null ? Device.first(checkpoint, reading, now) : before.next(checkpoint, reading, now);
    }

    private static Duration clamp(Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0) {
            return least;
        }
        return value.compareTo(most) > 0 ? most : value;
    }
}
