package io.shopsync.orchestrator.attempts;

import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** The bursts that are not over. Everything happens under one lock: attempts are rare, and their order counts. */
@ApplicationScoped
class BurstStore {

    /** Any number that nobody else locks by. */
    private static final long LOCK = 0x5b0f_a77e_4975L;

    private static final String FIND = """
            select burst.* from attempt_burst burst
            join unnest(?, ?, ?, ?) as wanted (kind, login, target, address) using (kind, login, target, address)
            """;
    private static final String SAVE = """
            insert into attempt_burst (id, kind, login, target, address, shop, first_at, last_at, requests, methods,
                                       minute_began, this_minute, rapid, continues, told)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (kind, login, target, address) do update set
                began_at = case when attempt_burst.id = excluded.id then attempt_burst.began_at else now() end,
                id = excluded.id,
                first_at = excluded.first_at,
                last_at = excluded.last_at,
                requests = excluded.requests,
                methods = excluded.methods,
                minute_began = excluded.minute_began,
                this_minute = excluded.this_minute,
                rapid = excluded.rapid,
                continues = excluded.continues,
                told = excluded.told,
                seen_at = now()
            """;
    private static final String UNTOLD = """
            select * from attempt_burst where told = 0 and (rapid or began_at < now() - make_interval(secs => ?))
            """;
    private static final String TOLD = "update attempt_burst set told = ? where id = ?";
    private static final String END_QUIET =
            "delete from attempt_burst where seen_at < now() - make_interval(secs => ?) returning *";

    private final Jdbc jdbc;

    BurstStore(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** Waits until nobody else changes bursts, and keeps others waiting until the transaction ends. */
    void lock() {
        jdbc.query("select pg_advisory_xact_lock(?)", _ -> 0, LOCK);
    }

    long count() {
        return jdbc.first("select count(*) from attempt_burst", row -> row.getLong(1))
                .orElseThrow();
    }

    Map<Attempt.Key, Burst> find(Collection<Attempt.Key> keys) {
        var found = new HashMap<Attempt.Key, Burst>();
        jdbc.query(
                        FIND,
                        BurstStore::read,
                        column(keys.stream().map(key -> key.kind().id())),
                        column(keys.stream().map(Attempt.Key::login)),
                        column(keys.stream().map(Attempt.Key::target)),
                        column(keys.stream().map(Attempt.Key::address)))
                .forEach(burst -> found.put(burst.who(), burst));
        return found;
    }

    void save(Collection<Burst> bursts) {
        jdbc.batch(SAVE, bursts.stream().map(BurstStore::columns).toList());
    }

    /** Those that began this long ago, or are rapid, and were not told of. */
    List<Burst> untold(Duration since) {
        return jdbc.query(UNTOLD, BurstStore::read, seconds(since));
    }

    void markTold(Collection<Burst> bursts) {
        jdbc.batch(
                TOLD,
                bursts.stream()
                        .map(burst -> new Object[] {burst.requests(), burst.id()})
                        .toList());
    }

    /** Takes out those that nothing was added to for this long. */
    List<Burst> endQuiet(Duration quiet) {
        return jdbc.query(END_QUIET, BurstStore::read, seconds(quiet));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Object column(Stream<String> values) {
        return values.toArray(String[]::new);
    }

    private static Object[] columns(Burst burst) {
        return new Object[] {
            burst.id(),
            burst.who().kind().id(),
            burst.who().login(),
            burst.who().target(),
            burst.who().address(),
            burst.shop().value(),
            burst.first(),
            burst.last(),
            burst.requests(),
            burst.methods().toArray(String[]::new),
            burst.minuteBegan(),
            burst.thisMinute(),
            burst.rapid(),
            burst.continues().orElse(null),
            burst.told()
        };
    }

    private static Burst read(ResultSet row) throws SQLException {
        var methods = row.getArray("methods");
        try {
            return new Burst(
                    row.getObject("id", UUID.class),
                    new Attempt.Key(
                            FindingKind.byId(row.getString("kind")),
                            row.getString("login"),
                            row.getString("target"),
                            row.getString("address")),
                    new ShopId(row.getString("shop")),
                    Jdbc.instant(row, "first_at").orElseThrow(),
                    Jdbc.instant(row, "last_at").orElseThrow(),
                    row.getLong("requests"),
                    new TreeSet<>(Arrays.asList((String[]) methods.getArray())),
                    Jdbc.instant(row, "minute_began").orElseThrow(),
                    row.getInt("this_minute"),
                    row.getBoolean("rapid"),
                    Optional.ofNullable(row.getObject("continues", UUID.class)),
                    row.getLong("told"));
        } finally {
            methods.free();
        }
    }
}
