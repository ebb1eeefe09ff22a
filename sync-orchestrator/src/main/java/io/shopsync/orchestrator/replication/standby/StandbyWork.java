package io.shopsync.orchestrator.replication.standby;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.sync.ReplicationReason;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.desired.DesiredShops;
import io.shopsync.orchestrator.desired.ShopStatus;
import io.shopsync.orchestrator.desired.Wanted;
import io.shopsync.orchestrator.replication.engine.Engines;
import io.shopsync.orchestrator.replication.engine.Obstacle;
import io.shopsync.orchestrator.replication.engine.PairRuns;
import io.shopsync.orchestrator.replication.engine.Pauses;
import io.shopsync.orchestrator.replication.engine.Remote;
import io.shopsync.orchestrator.replication.engine.Way;
import io.shopsync.orchestrator.replication.engine.Ways;
import io.shopsync.orchestrator.replication.pair.Pair;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.PairLedger;
import io.shopsync.orchestrator.replication.pair.PairState;
import io.shopsync.orchestrator.replication.pair.RunEnd;
import io.shopsync.orchestrator.replication.protocol.Side;
import io.shopsync.orchestrator.work.DatabaseClaim;
import io.shopsync.orchestrator.work.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What a database is due for at the standby: its shop is brought about there, then its documents are copied. */
@ApplicationScoped
public class StandbyWork implements Ways {

    private static final Logger LOG = Logger.getLogger(StandbyWork.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final DesiredShops shops;
    private final Standby standby;
    private final Couch primary;
    private final PairLedger ledger;
    private final Engines engines;
    private final PairRuns runs;
    private final Pauses pauses;

    StandbyWork(
            DesiredShops shops,
            Standby standby,
            Couch primary,
            PairLedger ledger,
            Engines engines,
            PairRuns runs,
            Pauses pauses) {
        this.shops = shops;
        this.standby = standby;
        this.primary = primary;
        this.ledger = ledger;
        this.engines = engines;
        this.runs = runs;
        this.pauses = pauses;
    }

    /** Does what the database is due for. */
    public WorkOutcome replicate(DatabaseClaim claim) {
        if (!standby.exists()) {
            return new WorkOutcome.Done();
        }
        var database = claim.database();
        var status = shops.find(database.shop());
        if (status.filter(it -> it.desired().catalogue().all().contains(database.name()))
                .isEmpty()) {
            forget(database);
            return new WorkOutcome.Gone();
        }
        var shop = status.get().desired();
        return shop.wanted() instanceof Wanted.Deleted(var purgeAfter)
                ? ended(database, shop, purgeAfter)
                : kept(database, status.get());
    }

    @Override
    public Optional<Way> of(PairId pair) {
        return standby.exists() && pair.equals(PairId.toStandby(pair.database()))
                ? Optional.of(way(pair.database()))
                : Optional.empty();
    }

    private Way way(ShopDatabase database) {
        // No selector: the guard at the standby refuses what is not the shop's, and says so, where a selector is
        // silent.
        return new Way(
                PairId.toStandby(database),
                new Remote(primary, database.physicalName()),
                standby.remote(database),
                Optional.empty());
    }

    /** A suspension or a new password must reach the standby also while the pair is paused. */
    private WorkOutcome kept(ShopDatabase database, ShopStatus status) {
        var obstacle = brought(status.desired());
        return runs.run(
                PairId.toStandby(database),
                engines.ofStandby(),
                pair -> obstacle.map(it -> pauses.failed(it, pair.attempt()))
                        .orElseGet(() -> copied(database, status, pair)));
    }

    /** Why the shop cannot be brought about at the standby; empty where it is as wished there. */
    private Optional<Obstacle> brought(DesiredShop shop) {
        try {
            standby.keep(shop);
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.infof("%s is not as wished at the standby: %s", shop.shop(), e.getMessage());
            return Optional.of(Obstacle.of(Side.TARGET, e));
        }
    }

    private RunEnd copied(ShopDatabase database, ShopStatus status, Pair pair) {
        var end = engines.ofStandby().run(way(database), pair);
        if (end.reason().filter(ReplicationReason.TARGET_MISSING::equals).isPresent()) {
            standby.doubt(database.shop());
        }
        var notMadeYet = !status.settled()
                && end.reason().filter(ReplicationReason.SOURCE_MISSING::equals).isPresent();
        return notMadeYet
                ? RunEnd.without(PairState.WAITING, ReplicationReason.SHOP_NOT_READY, "", Optional.of(SOON))
                : end;
    }

    /** Nothing writes there any more: a database may now be removed. */
    private void forget(ShopDatabase database) {
        engines.halt(List.of(PairId.toStandby(database)));
        ledger.forget(database);
    }

    private WorkOutcome ended(ShopDatabase database, DesiredShop shop, Instant purgeAfter) {
        forget(database);
        var untilPurge = Duration.between(Instant.now(), purgeAfter);
        if (untilPurge.isPositive()) {
            standby.keep(shop);
            return new WorkOutcome.Later(untilPurge.plus(SOON));
        }
        standby.purge(shop);
        return new WorkOutcome.Gone();
    }
}
