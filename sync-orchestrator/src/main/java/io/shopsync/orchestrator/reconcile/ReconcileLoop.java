package io.shopsync.orchestrator.reconcile;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.couchdb.CouchReturned;
import io.shopsync.orchestrator.desired.WorkArrived;
import io.shopsync.orchestrator.desired.WorkQueue;
import io.shopsync.orchestrator.security.SecurityPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Runs the dispatcher for as long as the service runs, and wakes it. */
@ApplicationScoped
public class ReconcileLoop {

    /** Shops that this process works on now. */
    public static final String IN_FLIGHT = "shopsync.shops.in.flight";

    private static final Logger LOG = Logger.getLogger(ReconcileLoop.class);

    private final WorkQueue queue;
    private final SecurityPolicy policy;
    private final Dispatcher dispatcher;
    private final boolean enabled;

    ReconcileLoop(
            ReconcileConfig config,
            Couch couch,
            Ledger ledger,
            WorkQueue queue,
            Worker worker,
            SecurityPolicy policy,
            MeterRegistry registry) {
        this.queue = queue;
        this.policy = policy;
        this.enabled = config.enabled();
        this.dispatcher = new Dispatcher(UUID.randomUUID().toString(), config, couch, ledger, queue, worker);
        Gauge.builder(IN_FLIGHT, dispatcher, Dispatcher::shopsInFlight)
                .description("Shops that this process works on now")
                .register(registry);
    }

    /** Whether this process works on shops that someone waits for. */
    public boolean isBusyWithWishes() {
        return dispatcher.isBusyWithWishes();
    }

    void start(@Observes StartupEvent event) {
        if (!enabled) {
            return;
        }
        var outdated = queue.refreshOutdated(policy.fingerprint());
        if (outdated > 0) {
            LOG.infof("%d shops are brought to the present security rules", outdated);
        }
        dispatcher.start();
    }

    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) WorkArrived event) {
        dispatcher.wake();
    }

    void wake(@Observes CouchReturned event) {
        dispatcher.wake();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        dispatcher.stop();
    }
}
