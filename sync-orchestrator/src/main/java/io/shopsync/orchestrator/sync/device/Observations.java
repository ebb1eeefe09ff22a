package io.shopsync.orchestrator.sync.device;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is known of databases and their devices. */
@ApplicationScoped
public class Observations {

    private static final String OF_SHOP = "select * from sync_database where shop = ? order by physical_name";
    private static final String ONE = "select * from sync_database where physical_name = ?";
    private static final String DEVICES_OF_SHOP = """
            select device.* from sync_device device join sync_database using (physical_name) where shop = ?
            order by replicator
            """;
    private static final String DEVICES = "select * from sync_device where physical_name = ? order by replicator";

    private static final String UPDATE = """
            update sync_database set
                looked_at = ?, incarnation = ?, update_seq = ?, documents = ?, tombstones = ?, bytes = ?, changed_at = ?,
                failed_since = ?, failed_at = ?, last_reason = ?, last_detail = ?
            where physical_name = ?
            """;
    private static final String UPSERT_DEVICE = """
            insert into sync_device (physical_name, replicator, session, kind, direction, last_seq, pending,
                                     first_seen_at, moved_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (physical_name, replicator) do update set
                session = excluded.session, kind = excluded.kind, direction = excluded.direction,
                last_seq = excluded.last_seq, pending = excluded.pending,
                first_seen_at = excluded.first_seen_at, moved_at = excluded.moved_at
            """;
    private static final String FORGET_DEVICES =
            "delete from sync_device where physical_name = ? and replicator <> all(?)";
    private static final String FORGET = "delete from sync_database where physical_name = ?";
    private static final String EVALUATE = """
            insert into sync_shop (shop) values (?)
            on conflict (shop) do update set evaluate_at = least(sync_shop.evaluate_at, now())
            """;

    private static final String UNSAMPLED = """
            select * from sync_database
            where looked_at > coalesce(sampled_at, '-infinity')
                and coalesce(sampled_at, '-infinity') <= now() - ? * interval '1 millisecond'
            order by sampled_at nulls first
            limit ?
            for update skip locked
            """;
    private static final String SAMPLED = "update sync_database set sampled_at = now() where physical_name = any(?)";

    private final Jdbc jdbc;

    Observations(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** Of all databases of a shop that were ever to be looked at. */
    public List<Observation> of(ShopId shop) {
        var devices = jdbc
                .query(DEVICES_OF_SHOP, row -> Map.entry(row.getString("physical_name"), device(row)), shop.value())
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return jdbc.query(
                OF_SHOP,
                row -> observation(row, devices.getOrDefault(row.getString("physical_name"), List.of())),
                shop.value());
    }

    /**
     * Databases that were looked at since they were last taken, those first that wait the longest; for the caller alone,
     * in whose transaction they count as taken.
     *
     * @param spacing how long a database waits to be taken again
     */
    public List<Observation> takeUnsampled(int most, Duration spacing) {
        var rows = jdbc.query(UNSAMPLED, row -> observation(row, List.of()), spacing.toMillis(), most);
        jdbc.update(SAMPLED, (Object)
                rows.stream().map(row -> row.database().physicalName()).toArray(String[]::new));
        return rows.stream().map(row -> row.with(devices(row.database()))).toList();
    }

    Optional<Observation> of(ShopDatabase database) {
        return jdbc.first(ONE, row -> observation(row, List.of()), database.physicalName())
                .map(row -> row.with(devices(database)));
    }

    /** Keeps an observation, and has the shop's health looked at. */
    @Transactional
    void keep(Observation seen) {
        var name = seen.database().physicalName();
        var updated = jdbc.update(
                UPDATE,
                seen.lookedAt().orElse(null),
                seen.incarnation().orElse(null),
                seen.updateSeq().orElse(null),
                seen.size().documents(),
                seen.size().tombstones(),
                seen.size().bytes(),
                seen.changedAt().orElse(null),
                seen.failure().map(Observation.Failure::since).orElse(null),
                seen.failure().map(Observation.Failure::at).orElse(null),
                seen.failure().map(Observation.Failure::reason).orElse(null),
                seen.failure().map(Observation.Failure::detail).orElse(null),
                name);
        if (updated == 0) {
            return;
        }
        jdbc.batch(
                UPSERT_DEVICE,
                seen.devices().stream().map(device -> row(name, device)).toList());
        jdbc.update(
                FORGET_DEVICES,
                name,
                seen.devices().stream().map(Device::replicator).toArray(String[]::new));
        jdbc.update(EVALUATE, seen.database().shop().value());
    }

    /** There is no such database any more. */
    @Transactional
    void forget(ShopDatabase database) {
        jdbc.update(FORGET_DEVICES, database.physicalName(), new String[0]);
        jdbc.update(FORGET, database.physicalName());
        jdbc.update(EVALUATE, database.shop().value());
    }

    private List<Device> devices(ShopDatabase database) {
        return jdbc.query(DEVICES, Observations::device, database.physicalName());
    }

    private static Object[] row(String name, Device device) {
        return new Object[] {
            name,
            device.replicator(),
            device.session(),
            device.kind().name(),
            device.direction().name(),
            device.lastSeq(),
            device.pending().orElse(null),
            device.firstSeenAt(),
            device.movedAt()
        };
    }

    private static Device device(ResultSet row) throws SQLException {
        return new Device(
                row.getString("replicator"),
                row.getString("session"),
                DeviceKind.valueOf(row.getString("kind")),
                DeviceDirection.valueOf(row.getString("direction")),
                row.getString("last_seq"),
                Optional.ofNullable(row.getObject("pending", Long.class)),
                Jdbc.instant(row, "first_seen_at").orElseThrow(),
                Jdbc.instant(row, "moved_at").orElseThrow());
    }

    private static Observation observation(ResultSet row, List<Device> devices) throws SQLException {
        var name = row.getString("physical_name");
        var failedSince = Jdbc.instant(row, "failed_since");
        var failedAt = Jdbc.instant(row, "failed_at");
        var reason = row.getString("last_reason");
        var detail = row.getString("last_detail");
        return new Observation(
                ShopDatabase.parse(name)
                        .orElseThrow(() -> new IllegalStateException("no shop can own a database named " + name)),
                Jdbc.instant(row, "looked_at"),
                Optional.ofNullable(row.getString("incarnation")),
                Optional.ofNullable(row.getString("update_seq")),
                new Observation.Size(row.getLong("documents"), row.getLong("tombstones"), row.getLong("bytes")),
                Jdbc.instant(row, "changed_at"),
                failedSince.map(since -> new Observation.Failure(since, failedAt.orElse(since), reason, detail)),
                devices);
    }
}
