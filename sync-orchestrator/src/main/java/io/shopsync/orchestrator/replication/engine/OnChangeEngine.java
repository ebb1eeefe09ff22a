package io.shopsync.orchestrator.replication.engine;

import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.ReplicationReason;
import io.shopsync.couchdb.CouchException;
import io.shopsync.orchestrator.couchdb.CouchUnavailable;
import io.shopsync.orchestrator.replication.pair.EngineKind;
import io.shopsync.orchestrator.replication.pair.Pair;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.PairLedger;
import io.shopsync.orchestrator.replication.pair.PairState;
import io.shopsync.orchestrator.replication.pair.RunEnd;
import io.shopsync.orchestrator.replication.protocol.Replication;
import io.shopsync.orchestrator.replication.protocol.ReplicationLimits;
import io.shopsync.orchestrator.replication.protocol.ReplicationResult;
import io.shopsync.orchestrator.replication.protocol.ReplicationResult.Ending;
import io.shopsync.orchestrator.replication.protocol.ReplicationRun;
import io.shopsync.orchestrator.replication.protocol.Side;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Runs a pair once, up to now, and says how that ended: the engine that costs nothing between two changes. */
@ApplicationScoped
public class OnChangeEngine implements Engine {

    private static final Logger LOG = Logger.getLogger(OnChangeEngine.class);

    private final PairLedger ledger;
    private final RefusedDocuments refused;
    private final Pauses pauses;
    private final ShopRates rates;
    private final ReplicationMetrics metrics;
    private final ReplicationLimits limits;
    private final ConcurrentHashMap<PairId, ReplicationRun> running = new ConcurrentHashMap<>();

    OnChangeEngine(
            PairLedger ledger,
            RefusedDocuments refused,
            Pauses pauses,
            ShopRates rates,
            ReplicationMetrics metrics,
            ReplicationConfig config) {
        this.ledger = ledger;
        this.refused = refused;
        this.pauses = pauses;
        this.rates = rates;
        this.metrics = metrics;
        this.limits = ReplicationLimits.DEFAULT
                .bytes(config.batchBytes(), config.largestDocument())
                .changesPerRun(config.changesPerRun())
                .longestRun(config.longestRun());
    }

    @Override
    public EngineKind kind() {
        return EngineKind.ON_CHANGE;
    }

    @Override
    public RunEnd run(Way way, Pair pair) {
        var end = attempt(way, pair);
        metrics.ended(way.pair(), EngineKind.ON_CHANGE, end);
        return end;
    }

    /** Ends runs of this process soon; those of others see for themselves that they must not go on. */
    @Override
    public void halt(Collection<PairId> pairs) {
        pairs.stream().map(running::get).filter(Objects::nonNull).forEach(ReplicationRun::cancel);
    }

    @Override
    public void halt(ShopId shop) {
        halt(running.keySet().stream()
                .filter(pair -> pair.database().shop().equals(shop))
                .toList());
    }

    private RunEnd attempt(Way way, Pair pair) {
        Replication replication;
        try {
            replication = way.replication().within(limits);
        } catch (CouchUnavailable away) {
            var side = way.source().couch().away().isPresent() ? Side.SOURCE : Side.TARGET;
            return pauses.failed(Obstacle.of(side, away), pair.attempt());
        }
        try {
            if (pair.resetRequested()) {
                reset(way, replication);
            }
            return ended(way, pair, replication, copied(way, replication));
        } catch (CouchException e) {
            return failed(way, pair, Side.TARGET, e);
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s cannot be replicated", pair.id());
            return pauses.failed(Obstacle.of(Side.TARGET, e), pair.attempt());
        }
    }

    private ReplicationResult copied(Way way, Replication replication) {
        var listener = new PairListener(way.pair(), ledger, refused, rates);
        var run = new ReplicationRun(replication, listener, InstantSource.system());
        listener.watches(run);
        running.put(way.pair(), run);
        try {
            return run.run();
        } finally {
            running.remove(way.pair(), run);
        }
    }

    private void reset(Way way, Replication replication) {
        var checkpoint = replication.id().value();
        replication.source().local().delete(checkpoint);
        replication.target().local().delete(checkpoint);
        refused.forget(way.pair());
        ledger.resetDone(way.pair());
    }

    private RunEnd ended(Way way, Pair pair, Replication replication, ReplicationResult result) {
        var did = did(result);
        return switch (result.ending()) {
            case Ending.CaughtUp _ -> {
                answered(way);
                if (pair.refusedNow() > 0) {
                    refused.tryAgain(way.pair(), replication);
                }
                yield caughtUp(way.pair(), pair.refusedNow() + result.done().refused() > 0, result, did);
            }
            case Ending.MoreToCome _ -> {
                answered(way);
                yield new RunEnd(
                        PairState.WAITING,
                        false,
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        result.pending(),
                        Optional.of(result.checkpoint()),
                        did);
            }
            case Ending.Cancelled _ ->
                new RunEnd(
                        PairState.WAITING,
                        false,
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        result.pending(),
                        Optional.of(result.checkpoint()),
                        did);
            case Ending.Recreated(var side) ->
                with(did, pauses.failed(new Obstacle(ReplicationReason.MADE_ANEW, "the " + side), pair.attempt()));
            case Ending.Overtaken _ ->
                with(did, pauses.failed(new Obstacle(ReplicationReason.OVERTAKEN, ""), pair.attempt()));
            case Ending.Failed(var side, var reason) -> with(did, failed(way, pair, side, reason));
            case Ending.Stopped(var reason) -> {
                LOG.warnf("%s was stopped: %s", pair.id(), reason);
                yield with(did, pauses.failed(Obstacle.of(Side.TARGET, reason), pair.attempt()));
            }
        };
    }

    private RunEnd caughtUp(PairId pair, boolean anyRefused, ReplicationResult result, Pair.Totals did) {
        return CaughtUp.end(anyRefused ? refused.stand(pair) : RefusedDocuments.NONE, result.checkpoint(), did);
    }

    private RunEnd failed(Way way, Pair pair, Side side, CouchException reason) {
        var couch = side == Side.SOURCE ? way.source().couch() : way.target().couch();
        couch.tell(reason);
        return pauses.failed(Obstacle.of(side, reason), pair.attempt());
    }

    private static void answered(Way way) {
        way.source().couch().answered();
        way.target().couch().answered();
    }

    private static RunEnd with(Pair.Totals did, RunEnd end) {
        return new RunEnd(
                end.state(),
                end.caughtUp(),
                end.reason(),
                end.detail(),
                end.retryIn(),
                end.pending(),
                end.sourceSeq(),
                did);
    }

    private static Pair.Totals did(ReplicationResult result) {
        var done = result.done();
        var busy = result.duration();
        return new Pair.Totals(
                1, done.read(), done.written(), done.refused(), done.bytes(), busy.isNegative() ? Duration.ZERO : busy);
    }
}
