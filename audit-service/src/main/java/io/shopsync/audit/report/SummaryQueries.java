package io.shopsync.audit.report;

import io.shopsync.audit.platform.Database;
import io.shopsync.audit.platform.Select;
import io.shopsync.audit.platform.TimeRange;
import io.shopsync.audit.report.Summary.Events;
import io.shopsync.audit.report.Summary.Findings;
import io.shopsync.audit.report.Summary.KindCount;
import io.shopsync.audit.report.Summary.Provisioning;
import io.shopsync.audit.report.Summary.TypeCount;
import io.shopsync.contracts.EventTypes;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.Severity;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.SyncEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Optional;
import java.util.Set;

/** Counts over the ledger and the findings. */
@ApplicationScoped
class SummaryQueries {

    private static final String SIGNED_UP = EventTypes.nameOf(ShopEvent.Created.class);
    private static final String BECAME_READY = EventTypes.nameOf(SyncEvent.ShopProvisioned.class);

    private static final String SIGNUPS = "with signup as (select shop, min(time) as at from ledger_event";

    private static final String READINESS = """
            group by shop), took as (
                select extract(epoch from (
                    select min(time) from ledger_event
                    where shop = signup.shop and type = ? and time >= signup.at) - signup.at) * 1000 as millis
                from signup)
            select count(*) as signups, count(millis) as ready, max(millis) as slowest,
                   percentile_cont(0.5) within group (order by millis) as p50,
                   percentile_cont(0.95) within group (order by millis) as p95,
                   percentile_cont(0.99) within group (order by millis) as p99
            from took
            """;

    private final Database database;

    SummaryQueries(Database database) {
        this.database = database;
    }

    Events events(Optional<Set<ShopId>> shops, TimeRange range) {
        var select = ofShops(new Select("select type, count(*) as count from ledger_event"), shops)
                .within("time", range)
                .then("group by type order by count desc, type");
        var byType = database.query(connection ->
                select.list(connection, row -> new TypeCount(row.getString("type"), row.getLong("count"))));
        return new Events(byType.stream().mapToLong(TypeCount::count).sum(), byType);
    }

    Findings findings(Optional<Set<ShopId>> shops, TimeRange range) {
        var select = ofShops(new Select("select kind, severity, count(*) as count from finding"), shops)
                .within("time", range)
                .then("group by kind, severity order by severity desc, count desc, kind");
        var byKind = database.query(connection -> select.list(connection, SummaryQueries::kind));
        var bySeverity = new EnumMap<Severity, Long>(Severity.class);
        for (var severity : Severity.values()) {
            bySeverity.put(severity, 0L);
        }
        byKind.forEach(kind -> bySeverity.merge(kind.severity(), kind.count(), Long::sum));
        return new Findings(byKind.stream().mapToLong(KindCount::count).sum(), bySeverity, byKind);
    }

    Provisioning provisioning(Optional<Set<ShopId>> shops, TimeRange range) {
        var select = ofShops(new Select(SIGNUPS), shops)
                .and("type = ?", SIGNED_UP)
                .within("time", range)
                .then(READINESS, BECAME_READY);
        return database.query((Connection connection) ->
                select.list(connection, SummaryQueries::provisioning).getFirst());
    }

    private static Select ofShops(Select select, Optional<Set<ShopId>> shops) {
        shops.ifPresent(some -> select.and("shop = any(?)", some));
        return select;
    }

    private static KindCount kind(ResultSet row) throws SQLException {
        return new KindCount(row.getString("kind"), Severity.valueOf(row.getString("severity")), row.getLong("count"));
    }

    private static Provisioning provisioning(ResultSet row) throws SQLException {
        return new Provisioning(
                row.getLong("signups"),
                row.getLong("ready"),
                millis(row, "p50"),
                millis(row, "p95"),
                millis(row, "p99"),
                millis(row, "slowest"));
    }

    private static Optional<Long> millis(ResultSet row, String column) throws SQLException {
        var value = row.getDouble(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Math.round(value));
    }
}
