package io.shopsync.orchestrator.sync.device;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.shopsync.orchestrator.desired.DesiredShops;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Looks at databases as they are due, a few a second, and at those of critical shops all the time. */
@ApplicationScoped
class Looker {

    /** Databases that wait for their look. */
    static final String WAITING = "shopsync.sync.looks.waiting";

    private static final Logger LOG = Logger.getLogger(Looker.class);
    private static final int DATABASES_PER_SHOP = 8;

    private final LookQueue queue;
    private final Looks looks;
    private final DesiredShops shops;
    private final LookConfig config;
    private volatile double waiting = Double.NaN;

    Looker(LookQueue queue, Looks looks, DesiredShops shops, LookConfig config) {
        this.queue = queue;
        this.looks = looks;
        this.shops = shops;
        this.config = config;
    }

    void register(@Observes StartupEvent event, MeterRegistry metrics) {
        Gauge.builder(WAITING, this, it -> it.waiting)
                .description("Databases that wait for a look at their checkpoints")
                .register(metrics);
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void lookAtThoseDue() {
        if (config.enabled()) {
            looks.take(queue.claim(config.databasesPerSecond()));
        }
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void lookAtCriticalOnes() {
        if (config.enabled()) {
            looks.take(queue.claimCritical(config.criticalShops() * DATABASES_PER_SHOP));
        }
    }

    /** Databases that do not change tell nobody that they are there. */
    @Scheduled(every = "10m", delayed = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void lookAtAllInTime() {
        if (config.enabled()) {
            var databases = shops.activeDatabases();
            queue.register(databases, config.idleEvery());
            LOG.debugf("%d databases are looked at in time", databases.size());
        }
    }

    @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void count() {
        waiting = queue.waiting();
    }
}
