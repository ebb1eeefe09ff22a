package io.shopsync.orchestrator.sync;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.platform.LogKeys;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Evaluates shops as they are due: after a look, and again and again while something is wrong or on its way. */
@ApplicationScoped
class HealthWatch {

    private static final Logger LOG = Logger.getLogger(HealthWatch.class);
    private static final int SHOPS_A_TURN = 100;

    private final ShopHealths healths;
    private final Evaluation evaluation;
    private final Couch couch;

    HealthWatch(ShopHealths healths, Evaluation evaluation, Couch couch) {
        this.healths = healths;
        this.evaluation = evaluation;
        this.couch = couch;
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void evaluateThoseDue() {
        // With CouchDB away every shop would be called ill, one by one, for what one alarm says.
        if (couch.away().isEmpty()) {
            healths.claim(SHOPS_A_TURN).forEach(this::evaluate);
        }
    }

    @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void wakeThoseInTrouble() {
        healths.wakeTroubled();
    }

    private void evaluate(ShopId shop) {
        try (var _ = LogKeys.shop(shop)) {
            evaluation.evaluate(shop);
        } catch (RuntimeException e) {
            LOG.warnf("the health of %s cannot be evaluated now; it is tried again: %s", shop, e);
        }
    }
}
