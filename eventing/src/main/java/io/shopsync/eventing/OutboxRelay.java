package io.shopsync.eventing;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Brings events from the outbox to Kafka: a loop that wakes at each commit, and now and then by itself for what
 * another process left behind. {@link OutboxBatch} does one round.
 *
 * <p>A failed round is repeated after a pause that doubles up to {@link #LONGEST_PAUSE}; nothing is lost meanwhile,
 * the rows stay.
 */
@ApplicationScoped
public class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

    private static final Duration IDLE_POLL = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final OutboxBatch batch;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean stopped;
    private Thread loop;

    OutboxRelay(OutboxBatch batch) {
        this.batch = batch;
    }

    void start(@Observes StartupEvent event) {
        loop = Thread.ofPlatform().daemon().name("outbox-relay").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        wakeUps.release();
        // A round that is cut off is repeated after the restart, and its events are published twice: let it end.
        loop.join(Duration.ofSeconds(5));
    }

    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Outbox.Written written) {
        wakeUps.release();
    }

    private void run() {
        var pause = FIRST_PAUSE;
        while (!stopped) {
            try {
                while (!stopped && batch.publishNext() == OutboxBatch.ROWS) {
                    pause = FIRST_PAUSE;
                }
                pause = FIRST_PAUSE;
                awaitWakeUp(IDLE_POLL);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf(e, "events wait in the outbox; trying again in %d ms", pause.toMillis());
                if (!awaitStop(pause)) {
                    return;
                }
                pause = longer(pause);
            }
        }
    }

    private void awaitWakeUp(Duration longest) throws InterruptedException {
        if (wakeUps.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
    }

    /** Waits out the pause; false where the thread was asked to end. */
    private boolean awaitStop(Duration pause) {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            return !stopped;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}
