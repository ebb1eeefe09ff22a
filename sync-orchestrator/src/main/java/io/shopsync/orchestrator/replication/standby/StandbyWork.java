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
import io.shopsync.orchestrator.replication.standby.Standby.Filling;
import io.shopsync.orchestrator.security.Guard;
import io.shopsync.orchestrator.security.SecurityPolicy;
import io.shopsync.orchestrator.work.DatabaseClaim;
import io.shopsync.orchestrator.work.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** What a database is due for at the standby: its shop is brought about there, then its documents are copied. */
@ApplicationScoped
public class StandbyWork implements Ways {

    private static final Logger LOG = Logger.getLogger(StandbyWork.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final DesiredShops shops;
    private final Standby standby;
    private final Guard guard;
    private final Couch primary;
    private final PairLedger ledger;
    private final Engines engines;
    private final PairRuns runs;
    private final Pauses pauses;

    StandbyWork(
            DesiredShops shops,
            Standby standby,
            SecurityPolicy policy,
            Couch primary,
            PairLedger ledger,
            Engines engines,
            PairRuns runs,
            Pauses pauses) {
        this.shops = shops;
        this.standby = standby;
        this.guard = policy.guard();
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
        // No selector: what is not the shop's is refused, and said to be, where a selector is silent. By us, since the
        // guard is put up after the first copy.
        return new Way(
                PairId.toStandby(database),
                new Remote(primary, database.physicalName()),
                standby.remote(database),
                Optional.empty(),
                document -> guard.objection(database.shop(), document));
    }

    /** A suspension or a new password must reach the standby also while the pair is paused. */
    private WorkOutcome kept(ShopDatabase database, ShopStatus status) {
        var brought = brought(status.desired());
        return runs.run(PairId.toStandby(database), engines.ofStandby(), pair -> switch (brought) {
            case Brought.Not(var obstacle) -> pauses.failed(obstacle, pair.attempt());
            case Brought.As(var unfilled) ->
                unfilled.contains(database) ? filled(database, status, pair) : copied(database, status, pair);
        });
    }

    /** Whether the shop is as wished at the standby. */
    private sealed interface Brought {

        /** It is, but for databases that are to be filled first. */
        record As(Set<ShopDatabase> unfilled) implements Brought {}

        /** It cannot be made so. */
        record Not(Obstacle obstacle) implements Brought {}
    }

    private Brought brought(DesiredShop shop) {
        try {
            return new Brought.As(standby.keep(shop, filling()));
        } catch (RuntimeException e) {
            return new Brought.Not(obstacle(shop, e));
        }
    }

    private static Obstacle obstacle(DesiredShop shop, RuntimeException failure) {
        LOG.infof("%s is not as wished at the standby: %s", shop.shop(), failure.getMessage());
        return Obstacle.of(Side.TARGET, failure);
    }

    /** A job of CouchDB's knows nothing of what the guard would refuse: it must stand before. */
    private Filling filling() {
        return switch (engines.ofStandby().kind()) {
            case ON_CHANGE -> Filling.FIRST;
            case JOBS -> Filling.LATER;
        };
    }

    private RunEnd filled(ShopDatabase database, ShopStatus status, Pair pair) {
        var end = copied(database, status, pair);
        if (end.caughtUp()) {
            try {
                standby.open(status.desired(), database);
            } catch (RuntimeException e) {
                return pauses.failed(obstacle(status.desired(), e), pair.attempt());
            }
        }
        return end;
    }

    private RunEnd copied(ShopDatabase database, ShopStatus status, Pair pair) {
        var end = engines.ofStandby().run(way(database), pair);
        if (end.reason().filter(ReplicationReason.TARGET_MISSING::equals).isPresent()) {
            standby.doubt(database.shop());
            if (pair.attempt() == 0) {
                // It is made anew at once; only where that does not help there is a pause.
                return RunEnd.without(
                        PairState.WAITING, ReplicationReason.TARGET_MISSING, end.detail(), Optional.empty());
            }
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
            standby.keep(shop, Filling.LATER);
            return new WorkOutcome.Later(untilPurge.plus(SOON));
        }
        standby.purge(shop);
        return new WorkOutcome.Gone();
    }
}
