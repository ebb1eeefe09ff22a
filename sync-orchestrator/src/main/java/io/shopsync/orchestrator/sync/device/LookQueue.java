package io.shopsync.orchestrator.sync.device;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * When each database is looked at next. A claim puts the next look off by a lease, so that replicas share the work and a
 * look that was cut off is repeated.
 */
@ApplicationScoped
class LookQueue {

    private static final Duration LEASE = Duration.ofSeconds(60);

    /** One that was never looked at is new, and has no devices yet. */
    private static final String WAKE = """
            insert into sync_database as known (physical_name, shop, due_at)
            select name, shop, now() + ? * interval '1 millisecond' from unnest(?, ?) as changed (name, shop)
            on conflict (physical_name) do update set
                due_at = least(known.due_at,
                               greatest(now() + ? * interval '1 millisecond',
                                        coalesce(known.looked_at, now()) + ? * interval '1 millisecond'))
            """;

    private static final String REGISTER = """
            insert into sync_database (physical_name, shop, due_at)
            select name, shop, now() + random() * ? * interval '1 millisecond'
            from unnest(?, ?) as there (name, shop)
            on conflict do nothing
            """;
    private static final String CLAIM = """
            update sync_database set due_at = now() + ? * interval '1 millisecond'
            where physical_name in (
                select physical_name from sync_database where due_at <= now() order by due_at limit ?
                for update skip locked)
            returning physical_name, due_at
            """;
    private static final String CLAIM_CRITICAL = """
            update sync_database set due_at = now() + ? * interval '1 millisecond'
            where physical_name in (
                select physical_name from sync_database
                where shop in (select shop from sync_shop where critical)
                    and (looked_at is null or looked_at <= now() - ? * interval '1 millisecond')
                order by looked_at nulls first
                limit ?
                for update skip locked)
            returning physical_name, due_at
            """;
    private static final String CLAIM_STALE = """
            update sync_database set due_at = now() + ? * interval '1 millisecond'
            where physical_name = any(?)
                and (looked_at is null or looked_at <= now() - ? * interval '1 millisecond')
            returning physical_name, due_at
            """;
    /** A wake-up that came during the look stands. */
    private static final String DONE = """
            update sync_database set
                due_at = least(case when due_at = ? then 'infinity' else due_at end,
                               now() + ? * interval '1 millisecond')
            where physical_name = ?
            """;

    private static final String WAITING = "select count(*) from sync_database where due_at <= now()";

    private final Jdbc jdbc;
    private final LookConfig config;

    LookQueue(Jdbc jdbc, LookConfig config) {
        this.jdbc = jdbc;
        this.config = config;
    }

    /** A turn to look at a database. */
    record Turn(ShopDatabase database, Instant lease) {}

    /** The databases have changed: they are due soon, but not more often than is worth it. */
    void wake(Collection<ShopDatabase> changed) {
        var sorted = sorted(changed);
        if (!sorted.isEmpty()) {
            jdbc.update(
                    WAKE,
                    config.spacing().toMillis(),
                    names(sorted),
                    shops(sorted),
                    config.settle().toMillis(),
                    config.spacing().toMillis());
        }
    }

    /** Has databases looked at that never were, in the course of {@code within}. */
    void register(Collection<ShopDatabase> databases, Duration within) {
        var sorted = sorted(databases);
        jdbc.update(REGISTER, within.toMillis(), names(sorted), shops(sorted));
    }

    @Transactional
    List<Turn> claim(int limit) {
        return jdbc.query(CLAIM, LookQueue::turn, LEASE.toMillis(), limit);
    }

    /** Databases of critical shops, whether they changed or not. */
    @Transactional
    List<Turn> claimCritical(int limit) {
        return jdbc.query(
                CLAIM_CRITICAL,
                LookQueue::turn,
                LEASE.toMillis(),
                config.criticalEvery().toMillis(),
                limit);
    }

    /** Those of the databases whose last look is no longer fresh. */
    @Transactional
    List<Turn> claimStale(Collection<ShopDatabase> databases) {
        return jdbc.query(
                CLAIM_STALE,
                LookQueue::turn,
                LEASE.toMillis(),
                names(sorted(databases)),
                config.freshFor().toMillis());
    }

    void done(Turn turn, Duration nextIn) {
        jdbc.update(DONE, turn.lease(), nextIn.toMillis(), turn.database().physicalName());
    }

    /** How many databases wait for their look. */
    long waiting() {
        return jdbc.first(WAITING, row -> row.getLong(1)).orElse(0L);
    }

    /** In one order, so that two writers never wait for each other's rows. */
    private static List<ShopDatabase> sorted(Collection<ShopDatabase> databases) {
        return databases.stream()
                .distinct()
                .sorted(Comparator.comparing(ShopDatabase::physicalName))
                .toList();
    }

    private static String[] names(List<ShopDatabase> databases) {
        return databases.stream().map(ShopDatabase::physicalName).toArray(String[]::new);
    }

    private static String[] shops(List<ShopDatabase> databases) {
        return databases.stream().map(database -> database.shop().value()).toArray(String[]::new);
    }

    private static Turn turn(ResultSet row) throws SQLException {
        var name = row.getString("physical_name");
        return new Turn(
                ShopDatabase.parse(name)
                        .orElseThrow(() -> new IllegalStateException("no shop can own a database named " + name)),
                Jdbc.instant(row, "due_at").orElseThrow());
    }
}
