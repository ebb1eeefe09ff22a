package io.shopsync.orchestrator.sync;

import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.SyncHealth;
import io.shopsync.orchestrator.platform.Jdbc;
import io.shopsync.platform.Cursor;
import io.shopsync.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The health of all shops: what spans them is asked here and nowhere else. */
@ApplicationScoped
class SyncList {

    private static final String ORDER = " order by severity desc, lag_seconds desc, shop limit ?";
    private static final String FIRST = "select * from sync_shop" + ORDER;
    private static final String AFTER = """
            select * from sync_shop
            where severity < ? or (severity = ? and (lag_seconds < ? or (lag_seconds = ? and shop > ?)))
            """ + ORDER;
    private static final String MOST_LAGGING =
            "select * from sync_shop where lag_seconds > 0 order by lag_seconds desc, shop limit ?";
    private static final String COUNT = "select health, count(*) as shops from sync_shop group by health";
    private static final String DEVICES = """
            select coalesce(sum(devices), 0) as devices, coalesce(sum(devices_behind), 0) as behind,
                   coalesce(sum(devices_stopped), 0) as stopped
            from sync_shop
            """;

    private final Jdbc jdbc;

    SyncList(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** Devices of all shops. */
    record DeviceCounts(long all, long behind, long stopped) {}

    /**
     * Shops, the worst first: by health, then by lag. A shop whose health changes between two pages may be on both or on
     * neither.
     *
     * @throws io.shopsync.platform.ProblemException where the cursor is not one of ours
     */
    Page<ShopHealth> page(Optional<String> cursor, int limit) {
        var rows = cursor.map(it -> after(Cursor.decode(it, 3).parts(), limit + 1))
                .orElseGet(() -> jdbc.query(FIRST, ShopHealths::read, limit + 1));
        return Page.of(rows, limit, SyncList::cursor);
    }

    /** The shops that lag most, of those that do. */
    List<ShopHealth> mostLagging(int limit) {
        return jdbc.query(MOST_LAGGING, ShopHealths::read, limit);
    }

    /** How many shops have each health. */
    Map<SyncHealth, Long> count() {
        var counts = new EnumMap<SyncHealth, Long>(SyncHealth.class);
        jdbc.query(COUNT, row -> counts.put(SyncHealth.valueOf(row.getString("health")), row.getLong("shops")));
        return counts;
    }

    DeviceCounts devices() {
        return jdbc.first(
                        DEVICES,
                        row -> new DeviceCounts(row.getLong("devices"), row.getLong("behind"), row.getLong("stopped")))
                .orElseThrow();
    }

    private List<ShopHealth> after(List<String> parts, int limit) {
        try {
            int severity = ShopHealths.severity(SyncHealth.valueOf(parts.get(0)));
            long lag = Long.parseLong(parts.get(1));
            var shop = new ShopId(parts.get(2));
            return jdbc.query(AFTER, ShopHealths::read, severity, severity, lag, lag, shop.value(), limit);
        } catch (IllegalArgumentException _) {
            throw Cursor.invalid();
        }
    }

    private static Cursor cursor(ShopHealth health) {
        return Cursor.of(health.state().health().name(), health.figures().lag().toSeconds(), health.shop());
    }
}
