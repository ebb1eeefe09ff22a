package io.shopsync.orchestrator.replication.jobs;

import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.ReplicationReason;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.replicator.Endpoint;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.couchdb.CouchUnavailable;
import io.shopsync.orchestrator.replication.engine.Engine;
import io.shopsync.orchestrator.replication.engine.Obstacle;
import io.shopsync.orchestrator.replication.engine.Pauses;
import io.shopsync.orchestrator.replication.engine.RefusedDocuments;
import io.shopsync.orchestrator.replication.engine.Remote;
import io.shopsync.orchestrator.replication.engine.ReplicationConfig;
import io.shopsync.orchestrator.replication.engine.ReplicationMetrics;
import io.shopsync.orchestrator.replication.engine.Way;
import io.shopsync.orchestrator.replication.pair.Direction;
import io.shopsync.orchestrator.replication.pair.EngineKind;
import io.shopsync.orchestrator.replication.pair.Pair;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.PairLedger;
import io.shopsync.orchestrator.replication.pair.PairState;
import io.shopsync.orchestrator.replication.pair.RunEnd;
import io.shopsync.orchestrator.replication.protocol.Side;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Keeps a job of CouchDB's own replicator for each pair: right for up to a few hundred pairs, of which CouchDB runs 500 at
 * once. A run here is a look: whether the job is there and as wished, and how far it came.
 */
@ApplicationScoped
public class JobsEngine implements Engine {

    private static final Logger LOG = Logger.getLogger(JobsEngine.class);

    private final Couch primary;
    private final JobKeeper keeper;
    private final JobDocuments documents;
    private final JobRecords records;
    private final JobJudge judge;
    private final PairLedger ledger;
    private final RefusedDocuments refused;
    private final Pauses pauses;
    private final ReplicationMetrics metrics;
    private final ReplicationConfig config;

    JobsEngine(
            Couch primary,
            JobKeeper keeper,
            JobDocuments documents,
            JobRecords records,
            JobJudge judge,
            PairLedger ledger,
            RefusedDocuments refused,
            Pauses pauses,
            ReplicationMetrics metrics,
            ReplicationConfig config) {
        this.primary = primary;
        this.keeper = keeper;
        this.documents = documents;
        this.records = records;
        this.judge = judge;
        this.ledger = ledger;
        this.refused = refused;
        this.pauses = pauses;
        this.metrics = metrics;
        this.config = config;
    }

    @Override
    public EngineKind kind() {
        return EngineKind.JOBS;
    }

    @Override
    public RunEnd run(Way way, Pair pair) {
        var end = looked(way, pair);
        if (end.did().runs() > 0 || end.reason().isPresent()) {
            metrics.ended(way.pair(), EngineKind.JOBS, end);
        }
        return end;
    }

    @Override
    public void halt(Collection<PairId> pairs) {
        if (!pairs.isEmpty() && mayHaveJobs()) {
            keeper.remove(pairs);
        }
    }

    @Override
    public void halt(ShopId shop) {
        if (mayHaveJobs()) {
            documents.removeAll(JobIds.prefixOf(shop));
        }
    }

    private boolean mayHaveJobs() {
        return config.engine() == EngineKind.JOBS || records.any();
    }

    private RunEnd looked(Way way, Pair pair) {
        try {
            var births = births(way);
            if (pair.resetRequested()) {
                reset(way);
            }
            var wanted = wanted(way);
            return keeper.keep(wanted, births)
                    .map(job -> judge.judged(way, pair, wanted, job))
                    .orElseGet(JobsEngine::waits);
        } catch (SideTrouble trouble) {
            return failed(way, pair, trouble.obstacle());
        } catch (CouchException | CouchUnavailable e) {
            var ours = way.pair().direction() == Direction.PUSH ? Side.SOURCE : Side.TARGET;
            return failed(way, pair, Obstacle.of(ours, e));
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s cannot be replicated", pair.id());
            return failed(way, pair, Obstacle.of(Side.TARGET, e));
        }
    }

    private RunEnd failed(Way way, Pair pair, Obstacle obstacle) {
        if (obstacle.refusesUs()) {
            // It would go on with a password that is refused, and CouchDB locks the login out for us, too.
            removeQuietly(way.pair());
        }
        return pauses.failed(obstacle, pair.attempt());
    }

    private void removeQuietly(PairId pair) {
        try {
            keeper.remove(List.of(pair));
        } catch (RuntimeException e) {
            LOG.infof("the job of %s stays for now: %s", pair, e.getMessage());
        }
    }

    /** When source and target were made: also finds out whether both answer us, and which does not. */
    private static String births(Way way) {
        var source = SideTrouble.asking(
                way, Side.SOURCE, () -> way.source().open().info().instanceStartTime());
        var target = SideTrouble.asking(
                way, Side.TARGET, () -> way.target().open().info().instanceStartTime());
        return source + '/' + target;
    }

    private void reset(Way way) {
        var checkpoint = records.find(way.pair()).flatMap(JobRecord::checkpoint);
        keeper.remove(List.of(way.pair()));
        checkpoint.ifPresent(id -> {
            SideTrouble.asking(
                    way, Side.SOURCE, () -> way.source().open().local().delete(id));
            SideTrouble.asking(
                    way, Side.TARGET, () -> way.target().open().local().delete(id));
        });
        refused.forget(way.pair());
        ledger.resetDone(way.pair());
    }

    private WantedJob wanted(Way way) {
        return WantedJob.of(
                way.pair(),
                endpoint(way.source()),
                endpoint(way.target()),
                way.selector(),
                config.jobs().checkpointEvery());
    }

    private Endpoint endpoint(Remote remote) {
        var ours = remote.open().endpoint();
        return config.jobs()
                .ownUrl()
                .filter(_ -> remote.couch().url().equals(primary.url()))
                .map(url -> new Endpoint(URI.create(url + "/" + remote.databaseName()), ours.login()))
                .orElse(ours);
    }

    private static RunEnd waits() {
        return RunEnd.without(PairState.WAITING, ReplicationReason.SHOP_NOT_READY, "", Optional.of(Duration.ZERO));
    }
}
