package io.shopsync.orchestrator.sync;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.HealthReason;
import io.shopsync.contracts.sync.SyncHealth;
import io.shopsync.orchestrator.platform.Jdbc;
import io.shopsync.orchestrator.sync.health.HealthState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The health of each shop, and when it is evaluated next. */
@ApplicationScoped
class ShopHealths {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final String ONE = "select * from sync_shop where shop = ?";
    private static final String LOCKED = ONE + " for update";
    private static final String CLAIM = """
            update sync_shop set evaluate_at = now() + ? * interval '1 millisecond'
            where shop in (
                select shop from sync_shop where evaluate_at <= now() order by evaluate_at limit ?
                for update skip locked)
            returning shop
            """;
    /** Replication tells nobody that it fails: its rows do. */
    private static final String WAKE_TROUBLED = """
            insert into sync_shop (shop)
            select distinct shop from replication_pair where state in ('RETRYING', 'FAILED', 'PARKED')
            on conflict (shop) do update set evaluate_at = now() where sync_shop.evaluate_at = 'infinity'
            """;

    /** With nothing to evaluate before somebody has looked at it. */
    private static final String MEET = """
            insert into sync_shop (shop, evaluate_at) select shop, 'infinity' from unnest(?) as met (shop)
            on conflict do nothing
            """;

    private static final String KEEP = """
            update sync_shop set
                evaluate_at = now() + ? * interval '1 millisecond',
                health = ?, severity = ?, health_since = ?, better_since = ?, reason = ?, databases = ?,
                pending = ?, lag_seconds = ?, devices = ?, devices_behind = ?, devices_stopped = ?, last_sync_at = ?
            where shop = ?
            """;
    private static final String NOT_AGAIN = "update sync_shop set evaluate_at = 'infinity' where shop = ?";
    private static final String FORGET = "delete from sync_shop where shop = ?";
    private static final String MARK = """
            insert into sync_shop (shop, critical) values (?, true)
            on conflict (shop) do update set critical = true
            """;
    private static final String UNMARK = "update sync_shop set critical = false where shop = ?";
    /** One at a time, so that two cannot both take the last place. */
    private static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtext('sync_shop.critical'))";

    private static final String CRITICAL = "select shop from sync_shop where critical";

    private final Jdbc jdbc;

    ShopHealths(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    Optional<ShopHealth> find(ShopId shop) {
        return jdbc.first(ONE, ShopHealths::read, shop.value());
    }

    /** The same, which nobody else changes until the transaction ends. */
    Optional<ShopHealth> lock(ShopId shop) {
        return jdbc.first(LOCKED, ShopHealths::read, shop.value());
    }

    /** Shops whose evaluation is due, for this process alone for a while. */
    List<ShopId> claim(int limit) {
        return jdbc.query(CLAIM, row -> new ShopId(row.getString("shop")), LEASE.toMillis(), limit);
    }

    /** Makes shops due whose replication is in trouble. */
    void wakeTroubled() {
        jdbc.update(WAKE_TROUBLED);
    }

    /** Keeps what an evaluation found; {@code again} is empty where only news can change it. */
    void keep(ShopHealth health, Optional<Duration> again) {
        var figures = health.figures();
        jdbc.update(
                KEEP,
                again.orElse(Duration.ZERO).toMillis(),
                health.state().health().name(),
                severity(health.state().health()),
                health.state().since(),
                health.state().betterSince().orElse(null),
                health.reason().map(HealthReason::name).orElse(null),
                health.databases().stream().map(DatabaseName::value).toArray(String[]::new),
                figures.pending(),
                figures.lag().toSeconds(),
                (int) figures.devices(),
                (int) figures.behind(),
                (int) figures.stopped(),
                figures.lastSync().orElse(null),
                health.shop().value());
        if (again.isEmpty()) {
            jdbc.update(NOT_AGAIN, health.shop().value());
        }
    }

    /** Shops that may be new stand among the others from now on. */
    void meet(Collection<ShopId> shops) {
        jdbc.update(MEET, (Object) shops.stream().map(ShopId::value).sorted().toArray(String[]::new));
    }

    void forget(ShopId shop) {
        jdbc.update(FORGET, shop.value());
    }

    /** Marks a shop; false where there are as many as there may be, and nothing is changed. */
    @Transactional
    boolean markCritical(ShopId shop, int most) {
        jdbc.query(ONE_AT_A_TIME, row -> shop);
        var critical = jdbc.query(CRITICAL, row -> row.getString("shop"));
        if (!critical.contains(shop.value()) && critical.size() >= most) {
            return false;
        }
        jdbc.update(MARK, shop.value());
        return true;
    }

    void unmarkCritical(ShopId shop) {
        jdbc.update(UNMARK, shop.value());
    }

    /** The order of the list of all shops, in which new kinds of health may come to stand between. */
    static int severity(SyncHealth health) {
        return switch (health) {
            case OK -> 0;
            case LAGGING -> 10;
            case STALLED -> 20;
            case FAILING -> 30;
        };
    }

    static ShopHealth read(ResultSet row) throws SQLException {
        var databases = (String[]) row.getArray("databases").getArray();
        return new ShopHealth(
                new ShopId(row.getString("shop")),
                row.getBoolean("critical"),
                new HealthState(
                        SyncHealth.valueOf(row.getString("health")),
                        Jdbc.instant(row, "health_since").orElseThrow(),
                        Jdbc.instant(row, "better_since")),
                Optional.ofNullable(row.getString("reason")).map(HealthReason::valueOf),
                Arrays.stream(databases).map(DatabaseName::new).toList(),
                new ShopHealth.Figures(
                        row.getLong("pending"),
                        Duration.ofSeconds(row.getLong("lag_seconds")),
                        row.getLong("devices"),
                        row.getLong("devices_behind"),
                        row.getLong("devices_stopped"),
                        Jdbc.instant(row, "last_sync_at")));
    }
}
