package io.shopsync.orchestrator.replication;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.shopsync.orchestrator.replication.edge.EdgeWork;
import io.shopsync.orchestrator.replication.engine.ReplicationConfig;
import io.shopsync.orchestrator.replication.standby.Standby;
import io.shopsync.orchestrator.replication.standby.StandbyWork;
import io.shopsync.orchestrator.work.DatabaseClaim;
import io.shopsync.orchestrator.work.DatabaseQueue;
import io.shopsync.orchestrator.work.DatabaseWorkers;
import io.shopsync.orchestrator.work.WorkKind;
import io.shopsync.orchestrator.work.WorkMarked;
import io.shopsync.orchestrator.work.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Replicates databases that are due, a bounded number side by side: those for the standby apart from those that are
 * exchanged with edges, which may be slow.
 */
@ApplicationScoped
class ReplicationWorkers {

    /** Databases that are being replicated. */
    static final String ACTIVE = "shopsync.replication.active";

    /** Databases that wait to be replicated. */
    static final String WAITING = "shopsync.replication.waiting";

    private final DatabaseQueue queue;
    private final Standby standby;
    private final StandbyWork work;
    private final EdgeWork edges;
    private final ReplicationConfig config;
    private final MeterRegistry metrics;
    private final Map<WorkKind, DatabaseWorkers> workers = new ConcurrentHashMap<>();

    ReplicationWorkers(
            DatabaseQueue queue,
            Standby standby,
            StandbyWork work,
            EdgeWork edges,
            ReplicationConfig config,
            MeterRegistry metrics) {
        this.queue = queue;
        this.standby = standby;
        this.work = work;
        this.edges = edges;
        this.config = config;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        if (standby.exists()) {
            start(WorkKind.REPLICATE, config.runsAtOnce(), work::replicate);
        }
        start(WorkKind.EXCHANGE, config.exchangesAtOnce(), edges::exchange);
        gauge(WorkKind.REPLICATE, "standby");
        gauge(WorkKind.EXCHANGE, "edge");
    }

    void stop(@Observes ShutdownEvent event) {
        workers.values().forEach(DatabaseWorkers::close);
    }

    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) WorkMarked marked) {
        var woken = workers.get(marked.kind());
        if (woken != null) {
            woken.wake();
        }
    }

    private void start(WorkKind kind, int bound, Function<DatabaseClaim, WorkOutcome> what) {
        workers.put(kind, new DatabaseWorkers(kind, queue, bound, config.runsAtOncePerShop(), what));
    }

    private void gauge(WorkKind kind, String target) {
        Gauge.builder(
                        ACTIVE,
                        () -> workers.containsKey(kind) ? workers.get(kind).active() : 0)
                .description("Databases that are being replicated")
                .tag("target", target)
                .register(metrics);
        Gauge.builder(WAITING, () -> queue.waiting(kind))
                .description("Databases that wait to be replicated")
                .tag("target", target)
                .register(metrics);
    }
}
