package io.shopsync.orchestrator.replication.standby;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far each shop was brought about at the standby. */
@ApplicationScoped
class StandbyShops {

    private static final String FIND =
            "select birth, generation, policy, purged, filling, settled_at, settled_times from standby_shop where shop = ?";

    /** A slower worker with an older wish leaves doubt rather than its own, older word. */
    private static final String SETTLED = """
            insert into standby_shop as kept (shop, birth, generation, policy, purged, filling) values (?, ?, ?, ?, ?, ?)
            on conflict (shop) do update set
                birth = greatest(kept.birth, excluded.birth),
                generation = greatest(kept.generation, excluded.generation),
                policy = excluded.policy,
                purged = excluded.purged,
                filling = excluded.filling,
                settled_times = kept.settled_times + 1,
                settled_at = case when kept.generation <= excluded.generation then now() else '-infinity' end
            """;

    /** Opened by an older wish it may be open to whom it should not: there is doubt. */
    private static final String FILLED = """
            update standby_shop set
                filling = array_remove(filling, ?),
                settled_at = case when generation = ? then settled_at else '-infinity' end
            where shop = ?
            """;

    private static final String DOUBT = "update standby_shop set settled_at = '-infinity' where shop = ?";

    /** Those that wait for a worker anyway are left out. */
    private static final String OUTDATED = """
            select name from (
                select shop.shop_id, 'shop_' || shop.shop_id || '_' || unnest(databases || retired_databases) as name
                from shop left join standby_shop as kept on kept.shop = shop.shop_id
                where not shop.purged and (kept.shop is null or kept.generation <> shop.generation
                    or kept.policy <> ? or kept.settled_at < now() - ? * interval '1 millisecond')
                order by kept.settled_at nulls first
                limit ?) as outdated
            where not exists (select 1 from database_work as work
                              where work.kind = 'REPLICATE' and work.physical_name = name and work.due_at < 'infinity')
            """;

    private final Jdbc jdbc;

    StandbyShops(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The wish that the standby was last made to match.
     *
     * @param filling databases that are neither guarded nor open there until they are filled
     * @param settledTimes how often it was made so
     */
    record Kept(
            long birth,
            long generation,
            String policy,
            boolean purged,
            Set<ShopDatabase> filling,
            Optional<Instant> settledAt,
            long settledTimes) {

        Kept {
            filling = Set.copyOf(filling);
        }

        boolean fits(DesiredShop shop, String present, Duration fullPass) {
            return fitsButForItsAge(shop, present)
                    && settledAt
                            .filter(at -> at.plus(fullPass).isAfter(Instant.now()))
                            .isPresent();
        }

        boolean fitsButForItsAge(DesiredShop shop, String present) {
            return !purged && generation == shop.wish().generation() && policy.equals(present);
        }
    }

    @Transactional
    Optional<Kept> find(ShopId shop) {
        return jdbc.first(
                FIND,
                row -> new Kept(
                        row.getLong("birth"),
                        row.getLong("generation"),
                        row.getString("policy"),
                        row.getBoolean("purged"),
                        databases(row),
                        Jdbc.instant(row, "settled_at"),
                        row.getLong("settled_times")),
                shop.value());
    }

    @Transactional
    void settled(DesiredShop shop, String policy, boolean purged, Set<ShopDatabase> filling) {
        jdbc.update(
                SETTLED,
                shop.shop().value(),
                shop.wish().birth(),
                shop.wish().generation(),
                policy,
                purged,
                filling.stream().map(ShopDatabase::physicalName).toArray(String[]::new));
    }

    /** A database was filled, guarded and opened as the shop's wish has it. */
    @Transactional
    void filled(DesiredShop shop, ShopDatabase database) {
        jdbc.update(
                FILLED,
                database.physicalName(),
                shop.wish().generation(),
                shop.shop().value());
    }

    private static Set<ShopDatabase> databases(ResultSet row) throws SQLException {
        return Stream.of((String[]) row.getArray("filling").getArray())
                .flatMap(name -> ShopDatabase.parse(name).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Transactional
    void doubt(ShopId shop) {
        jdbc.update(DOUBT, shop.value());
    }

    /** Databases of shops that the standby may not match, the longest unseen first. It spans all shops. */
    @Transactional
    List<ShopDatabase> outdated(String policy, Duration fullPass, int limit) {
        return jdbc
                .query(OUTDATED, row -> ShopDatabase.parse(row.getString(1)), policy, fullPass.toMillis(), limit)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }
}
