package io.shopsync.orchestrator.reconcile;

import io.shopsync.orchestrator.desired.Claim;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Works on one claimed shop from the claim to the record of its outcome. */
@ApplicationScoped
class Worker {

    private final Reconciler reconciler;
    private final Recorder recorder;
    private final ReconcileMetrics metrics;

    Worker(Reconciler reconciler, Recorder recorder, ReconcileMetrics metrics) {
        this.reconciler = reconciler;
        this.recorder = recorder;
        this.metrics = metrics;
    }

    void work(Claim claim) {
        var began = System.nanoTime();
        var reconciled = reconciler.reconcile(claim);
        if (recorder.record(reconciled)) {
            metrics.ended(reconciled, Duration.ofNanos(System.nanoTime() - began));
        }
    }
}
