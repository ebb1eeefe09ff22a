package io.shopsync.orchestrator.isolation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.shopsync.orchestrator.reconcile.ReconcileLoop;
import io.shopsync.orchestrator.work.DatabaseQueue;
import io.shopsync.orchestrator.work.DatabaseWorkers;
import io.shopsync.orchestrator.work.WorkKind;
import io.shopsync.orchestrator.work.WorkMarked;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;

/** Scans databases that are due, a bounded number side by side. */
@ApplicationScoped
class ScanWorkers {

    /** Scans under way. */
    static final String ACTIVE = "shopsync.isolation.scans.active";

    /**
     * Somebody waits for a wish, and a burst of signups makes each new database due for a scan: scans then use what
     * CouchDB can do sparingly, and never stand still.
     */
    private static final int WHILE_WISHES_WAIT = 1;

    private final DatabaseQueue queue;
    private final Scanner scanner;
    private final IsolationConfig config;
    private final ReconcileLoop reconcile;
    private final MeterRegistry metrics;
    private volatile DatabaseWorkers workers;

    ScanWorkers(
            DatabaseQueue queue,
            Scanner scanner,
            IsolationConfig config,
            ReconcileLoop reconcile,
            MeterRegistry metrics) {
        this.queue = queue;
        this.scanner = scanner;
        this.config = config;
        this.reconcile = reconcile;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        workers = new DatabaseWorkers(
                WorkKind.SCAN,
                queue,
                config.scansAtOnce(),
                () -> reconcile.isBusyWithWishes() ? WHILE_WISHES_WAIT : config.scansAtOnce(),
                config.scansAtOncePerShop(),
                claim -> scanner.scan(claim.database()));
        Gauge.builder(ACTIVE, workers, DatabaseWorkers::active)
                .description("Databases that are being scanned")
                .register(metrics);
    }

    void stop(@Observes ShutdownEvent event) {
        workers.close();
    }

    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) WorkMarked marked) {
        if (marked.kind() == WorkKind.SCAN && workers != null) {
            workers.wake();
        }
    }
}
