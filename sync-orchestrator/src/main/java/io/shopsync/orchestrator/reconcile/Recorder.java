package io.shopsync.orchestrator.reconcile;

import io.shopsync.orchestrator.batch.Batcher;
import io.shopsync.orchestrator.platform.StoreException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Brings outcomes into the ledger, those that end at the same time in one commit. */
@ApplicationScoped
class Recorder {

    private static final Logger LOG = Logger.getLogger(Recorder.class);

    private static final int PER_COMMIT = 64;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Batcher<Reconciled, Boolean> commits;
    private final Duration patience;

    Recorder(Ledger ledger, ReconcileConfig config) {
        this.commits = new Batcher<>(
                "outcomes",
                PER_COMMIT,
                failure -> failure instanceof StoreException store && store.refusesData(),
                ledger::record);
        this.patience = config.lease();
    }

    /**
     * Records the outcome; while Postgres is away it is tried again for as long as a lease lasts. What is not recorded by
     * then is found out anew by whoever claims the shop next.
     *
     * @return whether the outcome counts: the claim still stood
     */
    boolean record(Reconciled reconciled) {
        var until = Instant.now().plus(patience);
        while (true) {
            try {
                return commits.submit(reconciled);
            } catch (RuntimeException e) {
                if (Instant.now().isAfter(until) || !paused()) {
                    LOG.warn("an outcome was not recorded; the shop is due again when its claim ends", e);
                    return false;
                }
            }
        }
    }

    private static boolean paused() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
