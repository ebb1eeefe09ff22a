package io.shopsync.audit.metric;

import io.shopsync.audit.metric.SyncSeries.DevicesPoint;
import io.shopsync.audit.metric.SyncSeries.ReplicationPoint;
import io.shopsync.audit.platform.Columns;
import io.shopsync.audit.platform.Database;
import io.shopsync.audit.platform.Select;
import io.shopsync.audit.platform.TimeRange;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.EventTypes;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.metrics.SyncSample;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Samples of a shop's sync, summed up by steps of time. */
@ApplicationScoped
class SyncSeriesQueries {

    private static final String REPLICATION = """
            select date_bin(? * interval '1 second', time, ?) as step, database,
                   data ->> 'engine' as engine, data ->> 'target' as target, data ->> 'direction' as direction,
                   sum((data ->> 'documentsRead')::bigint)    as documents_read,
                   sum((data ->> 'documentsWritten')::bigint) as documents_written,
                   sum((data ->> 'documentsFailed')::bigint)  as documents_failed,
                   sum((data ->> 'bytesRead')::bigint)        as bytes_read,
                   sum((data ->> 'busyMillis')::bigint)       as busy_millis,
                   max((data ->> 'pending')::bigint)          as pending,
                   max((data ->> 'lagMillis')::bigint)        as lag_millis
            from metric_sample
            """;
    private static final String DEVICES = """
            select date_bin(? * interval '1 second', time, ?) as step, database,
                   max((data ->> 'devices')::bigint)   as devices,
                   max((data ->> 'behind')::bigint)    as behind,
                   max((data ->> 'stopped')::bigint)   as stopped,
                   max((data ->> 'pending')::bigint)   as pending,
                   max((data ->> 'lagMillis')::bigint) as lag_millis
            from metric_sample
            """;

    private final Database database;

    SyncSeriesQueries(Database database) {
        this.database = database;
    }

    List<ReplicationPoint> replication(
            ShopId shop, Optional<DatabaseName> of, Instant from, Instant to, Duration step) {
        var select = select(REPLICATION, SyncSample.Replication.class, shop, of, from, to, step)
                .then("group by 1, 2, 3, 4, 5 order by 1, 2, 4, 5, 3");
        return database.query(connection -> select.list(connection, SyncSeriesQueries::replication));
    }

    List<DevicesPoint> devices(ShopId shop, Optional<DatabaseName> of, Instant from, Instant to, Duration step) {
        var select = select(DEVICES, SyncSample.Devices.class, shop, of, from, to, step)
                .then("group by 1, 2 order by 1, 2");
        return database.query(connection -> select.list(connection, SyncSeriesQueries::devices));
    }

    private static Select select(
            String head,
            Class<? extends SyncSample> type,
            ShopId shop,
            Optional<DatabaseName> of,
            Instant from,
            Instant to,
            Duration step) {
        var select = new Select(head)
                .with(step.toSeconds(), from)
                .and("shop = ?", shop.value())
                .within("time", new TimeRange(Optional.of(from), Optional.of(to)))
                .and("type = ?", EventTypes.nameOf(type));
        of.ifPresent(name -> select.and("database = ?", name.value()));
        return select;
    }

    private static ReplicationPoint replication(ResultSet row) throws SQLException {
        return new ReplicationPoint(
                Columns.instant(row, "step"),
                row.getString("database"),
                row.getString("engine"),
                row.getString("target"),
                row.getString("direction"),
                row.getLong("documents_read"),
                row.getLong("documents_written"),
                row.getLong("documents_failed"),
                row.getLong("bytes_read"),
                row.getLong("busy_millis"),
                Optional.ofNullable(row.getObject("pending", Long.class)),
                row.getLong("lag_millis"));
    }

    private static DevicesPoint devices(ResultSet row) throws SQLException {
        return new DevicesPoint(
                Columns.instant(row, "step"),
                row.getString("database"),
                row.getLong("devices"),
                row.getLong("behind"),
                row.getLong("stopped"),
                row.getLong("pending"),
                row.getLong("lag_millis"));
    }
}
