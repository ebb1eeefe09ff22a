package io.shopsync.orchestrator.sync;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.metrics.SyncSample;
import io.shopsync.eventing.Outbox;
import io.shopsync.orchestrator.platform.Jdbc;
import io.shopsync.orchestrator.sync.device.Device;
import io.shopsync.orchestrator.sync.device.LookConfig;
import io.shopsync.orchestrator.sync.device.Observation;
import io.shopsync.orchestrator.sync.device.Observations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells how sync fares on the topic of samples: what is new since the last time, as much at once as is allowed. */
@ApplicationScoped
class Samples {

    private static final String SOURCE = "/sync-orchestrator/sync";

    /** What a pair did since its last sample. A pair that stands still is told too, while it is behind. */
    private static final String PAIRS = """
            select pair.*, track.behind_since,
                   pair.documents_read - track.sampled_read as read,
                   pair.documents_written - track.sampled_written as written,
                   pair.documents_refused - track.sampled_refused as refused,
                   pair.bytes - track.sampled_bytes as read_bytes,
                   pair.busy_millis - track.sampled_busy as busy
            from sync_pair as track join replication_pair as pair using (physical_name, target, direction)
            where coalesce(track.sampled_at, '-infinity') <= now() - ? * interval '1 millisecond'
                and (pair.busy_millis <> track.sampled_busy or pair.documents_read <> track.sampled_read
                     or track.behind_since is not null)
            order by track.sampled_at nulls first
            limit ?
            for update of track skip locked
            """;

    private static final String SAMPLED = """
            update sync_pair set
                sampled_read = sampled_read + ?, sampled_written = sampled_written + ?,
                sampled_refused = sampled_refused + ?, sampled_bytes = sampled_bytes + ?,
                sampled_busy = sampled_busy + ?, sampled_at = now()
            where physical_name = ? and target = ? and direction = ?
            """;

    private final Jdbc jdbc;
    private final Observations observations;
    private final Outbox outbox;
    private final LookConfig looks;

    Samples(Jdbc jdbc, Observations observations, Outbox outbox, LookConfig looks) {
        this.jdbc = jdbc;
        this.observations = observations;
        this.outbox = outbox;
        this.looks = looks;
    }

    /** Tells of replication; returns what was told. */
    @Transactional
    List<SyncSample.Replication> replication(int most, Duration spacing) {
        var now = Instant.now();
        var samples = jdbc.query(PAIRS, row -> replication(row, now), spacing.toMillis(), most);
        jdbc.batch(SAMPLED, samples.stream().map(Samples::row).toList());
        publish(samples.stream(), now);
        return samples;
    }

    /** Tells of sizes and devices. */
    @Transactional
    void databases(int most, Duration spacing) {
        var now = Instant.now();
        publish(
                observations.takeUnsampled(most, spacing).stream().flatMap(it -> Stream.of(size(it), devices(it, now))),
                now);
    }

    private void publish(Stream<? extends SyncSample> samples, Instant now) {
        outbox.publish(samples.map(sample -> Envelope.of(SOURCE, now, sample)).toList());
    }

    private static SyncSample.Replication replication(ResultSet row, Instant now) throws SQLException {
        var database = ShopDatabase.parse(row.getString("physical_name")).orElseThrow();
        return new SyncSample.Replication(
                database.shop(),
                database.name(),
                word(row.getString("engine")),
                row.getString("target"),
                word(row.getString("direction")),
                row.getLong("read"),
                row.getLong("written"),
                row.getLong("refused"),
                row.getLong("read_bytes"),
                row.getLong("busy"),
                Optional.ofNullable(row.getObject("pending", Long.class)),
                Jdbc.instant(row, "behind_since")
                        .filter(now::isAfter)
                        .map(since -> Duration.between(since, now).toMillis())
                        .orElse(0L));
    }

    private static Object[] row(SyncSample.Replication sample) {
        return new Object[] {
            sample.documentsRead(),
            sample.documentsWritten(),
            sample.documentsFailed(),
            sample.bytesRead(),
            sample.busyMillis(),
            sample.database().of(sample.shop()).physicalName(),
            sample.target(),
            sample.direction().toUpperCase(Locale.ROOT)
        };
    }

    private static SyncSample size(Observation observation) {
        var size = observation.size();
        var database = observation.database();
        return new SyncSample.DatabaseSize(
                database.shop(), database.name(), size.documents(), size.tombstones(), size.bytes());
    }

    private SyncSample devices(Observation observation, Instant now) {
        var counted = observation.devices().stream()
                .filter(device -> observation.state(device, now, looks) != Device.State.GONE)
                .toList();
        return new SyncSample.Devices(
                observation.database().shop(),
                observation.database().name(),
                counted.size(),
                count(observation, counted, Device.State.BEHIND, now),
                count(observation, counted, Device.State.STOPPED, now),
                counted.stream()
                        .mapToLong(device -> device.pending().orElse(0L))
                        .max()
                        .orElse(0),
                counted.stream()
                        .map(observation::lag)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO)
                        .toMillis());
    }

    private int count(Observation observation, List<Device> devices, Device.State state, Instant now) {
        return (int) devices.stream()
                .filter(device -> observation.state(device, now, looks) == state)
                .count();
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
