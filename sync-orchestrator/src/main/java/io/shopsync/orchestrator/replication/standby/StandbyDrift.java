package io.shopsync.orchestrator.replication.standby;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.SyncEvent.RepairKind;
import io.shopsync.contracts.sync.SyncEvent.RepairPlace;
import io.shopsync.eventing.Outbox;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.platform.Jdbc;
import io.shopsync.orchestrator.reconcile.Difference;
import io.shopsync.orchestrator.reconcile.DriftReports;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Drift at the standby between its being found and its being reported. As at the first CouchDB it is noted before
 * anything is put right, because afterwards nothing shows that it was.
 */
@ApplicationScoped
class StandbyDrift {

    /**
     * What was noted before stays: it is the same drift, not put right yet. The row is locked, so that a worker of another
     * process that settles the shop meanwhile is waited for, and what it reported is not noted again.
     */
    private static final String NOTE = """
            with known as (select shop from standby_shop where shop = ? and settled_times = ? for share)
            insert into standby_drift_note (shop, repair, target, found)
            select known.shop, repair, target, found
            from known cross join unnest(?, ?, ?) as difference (repair, target, found)
            on conflict do nothing
            """;

    private static final String OVERTAKEN = "select 1 from standby_shop where shop = ? and settled_times > ?";

    private static final String TAKE = "delete from standby_drift_note where shop = ? returning repair, target, found";

    private final Jdbc jdbc;
    private final StandbyShops shops;
    private final DriftReports reports;
    private final Outbox outbox;

    StandbyDrift(Jdbc jdbc, StandbyShops shops, DriftReports reports, Outbox outbox) {
        this.jdbc = jdbc;
        this.shops = shops;
        this.reports = reports;
        this.outbox = outbox;
    }

    /**
     * Notes what is about to be put right; committed when this returns.
     *
     * @return whether it may be put right now; otherwise somebody else has settled the shop since it was looked at
     */
    @Transactional
    boolean note(ShopId shop, long settledTimes, List<Difference> differences) {
        jdbc.update(
                NOTE,
                shop.value(),
                settledTimes,
                differences.stream().map(it -> it.repair().name()).toArray(String[]::new),
                differences.stream().map(Difference::target).toArray(String[]::new),
                differences.stream().map(Difference::found).toArray(String[]::new));
        return jdbc.first(OVERTAKEN, _ -> true, shop.value(), settledTimes).isEmpty();
    }

    /**
     * The standby matches the shop's wish, but for databases that are being filled: what was noted of it is told, in the
     * transaction that records this.
     */
    @Transactional
    void settled(DesiredShop shop, String policy, boolean purged, Set<ShopDatabase> filling) {
        shops.settled(shop, policy, purged, filling);
        var drift = jdbc.query(
                TAKE,
                row -> new Difference(RepairKind.valueOf(row.getString(1)), row.getString(2), row.getString(3)),
                shop.shop().value());
        if (!drift.isEmpty()) {
            outbox.publish(reports.of(shop, Optional.of(RepairPlace.STANDBY), drift));
        }
    }
}
