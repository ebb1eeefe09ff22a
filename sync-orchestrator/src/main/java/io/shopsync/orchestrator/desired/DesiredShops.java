package io.shopsync.orchestrator.desired;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Looks at what is wished, without a part in the work. */
@ApplicationScoped
public class DesiredShops {

    private static final String ONE =
            "select *, claimed_until >= now() as claimed, isfinite(next_reconcile_at) as due from shop where shop_id = ?";
    private static final String MANY =
            "select *, claimed_until >= now() as claimed, isfinite(next_reconcile_at) as due from shop "
                    + "where shop_id = any(?)";
    private static final String COUNT = """
            select count(*) as waiting, count(*) filter (where last_reason is not null) as delayed,
                   coalesce(extract(epoch from now() - min(wished_at)), 0) as oldest
            from shop where urgent and generation > observed_generation
            """;
    private static final String ACTIVE = "select shop_id from shop where wanted = 'ACTIVE' order by shop_id";
    private static final String FAILED = "select count(*) from shop where failed";

    private static final String ACTIVE_DATABASES =
            "select shop_id, unnest(databases) as name from shop where wanted = 'ACTIVE' and observed_generation > 0";
    private static final String NOT_PURGED = "select shop_id from shop where not purged order by shop_id";

    private final Jdbc jdbc;
    private final WishStore wishes;

    DesiredShops(Jdbc jdbc, WishStore wishes) {
        this.jdbc = jdbc;
        this.wishes = wishes;
    }

    /**
     * How many shops wait for their wish.
     *
     * @param waiting all of them
     * @param delayed those of them that something stands in the way of
     * @param failed that wait for a person
     * @param oldestSeconds how long ago the oldest wish of those waiting was made
     */
    public record Backlog(long waiting, long delayed, long failed, double oldestSeconds) {}

    /** A shop, unless it never signed up. */
    public Optional<ShopStatus> find(ShopId shop) {
        return jdbc.first(ONE, this::status, shop.value());
    }

    /** The databases of all shops that have theirs and are wished to sync. */
    public List<ShopDatabase> activeDatabases() {
        return jdbc.query(
                ACTIVE_DATABASES,
                row -> new DatabaseName(row.getString("name")).of(new ShopId(row.getString("shop_id"))));
    }

    /** Every shop of which CouchDB holds anything. */
    public List<ShopId> notPurged() {
        return jdbc.query(NOT_PURGED, row -> new ShopId(row.getString(1)));
    }

    /** Those of the shops that have signed up, in one query. */
    public List<ShopStatus> find(Collection<ShopId> shops) {
        var ids = shops.stream().map(ShopId::value).toArray(String[]::new);
        return jdbc.query(MANY, this::status, (Object) ids);
    }

    /** All shops that are wished to sync, in the order of their ids. */
    public List<ShopId> active() {
        return jdbc.query(ACTIVE, row -> new ShopId(row.getString(1)));
    }

    /** How many shops wait. */
    public Backlog backlog() {
        long failed = jdbc.first(FAILED, row -> row.getLong(1)).orElseThrow();
        return jdbc.first(
                        COUNT,
                        row -> new Backlog(
                                row.getLong("waiting"), row.getLong("delayed"), failed, row.getDouble("oldest")))
                .orElseThrow();
    }

    private ShopStatus status(ResultSet row) throws SQLException {
        return new ShopStatus(
                wishes.read(row),
                row.getLong("observed_generation"),
                Jdbc.instant(row, "settled_at"),
                row.getBoolean("due") ? Jdbc.instant(row, "next_reconcile_at") : Optional.<Instant>empty(),
                row.getInt("attempt"),
                row.getBoolean("failed"),
                reason(row),
                row.getBoolean("claimed") ? Optional.of(row.getString("claimed_by")) : Optional.empty(),
                row.getBoolean("purged"));
    }

    private static Optional<ShopStatus.Reason> reason(ResultSet row) throws SQLException {
        var code = row.getString("last_reason");
        return code == null ? Optional.empty() : Optional.of(new ShopStatus.Reason(code, row.getString("last_detail")));
    }
}
