package io.shopsync.orchestrator.isolation;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;

/** Brings to their end the decisions about quarantined documents that a crash, or CouchDB's absence, cut off. */
@ApplicationScoped
class DecisionLoop {

    private final QuarantineDesk desk;
    private final IsolationConfig config;

    DecisionLoop(QuarantineDesk desk, IsolationConfig config) {
        this.desk = desk;
        this.config = config;
    }

    @Scheduled(every = "10s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void resume() {
        desk.resume(config.decisionTakes());
    }
}
