package io.shopsync.orchestrator.proof;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Works on one check of a single shop and one of all shops at a time, so that the quick ones do not wait for the long ones:
 * those asked for here at once, those that another process left within a while.
 */
@ApplicationScoped
class CheckLoop {

    private static final Logger LOG = Logger.getLogger(CheckLoop.class);
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(2);

    private final CheckStore store;
    private final CheckRunner runner;
    private final Litter litter;
    private final ProofConfig config;
    private final Semaphore wakeUps = new Semaphore(0);
    private final ScheduledExecutorService leases = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("isolation-check-lease").factory());
    private List<Thread> loops = List.of();

    CheckLoop(CheckStore store, CheckRunner runner, Litter litter, ProofConfig config) {
        this.store = store;
        this.runner = runner;
        this.litter = litter;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        loops = Stream.of(false, true)
                .map(ofAll -> Thread.ofVirtual()
                        .name(ofAll ? "isolation-checks-of-all" : "isolation-checks")
                        .start(() -> run(ofAll)))
                .toList();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loops.forEach(Thread::interrupt);
        for (var loop : loops) {
            loop.join(STOP_WITHIN);
        }
        leases.shutdownNow();
    }

    /** A check was asked for: look now. */
    void wake() {
        wakeUps.release(loops.size());
    }

    private void run(boolean ofAll) {
        try {
            while (true) {
                if (!workedOnOne(ofAll)) {
                    wakeUps.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException _) {
            // Asked to stop: the check's lease ends, and it is taken up where it stopped.
            Thread.currentThread().interrupt();
        }
    }

    private boolean workedOnOne(boolean ofAll) throws InterruptedException {
        try {
            litter.clearAbandoned();
            var check = store.claim(ofAll, config.lease());
            if (check.isEmpty()) {
                return false;
            }
            work(check.get());
            return true;
        } catch (RuntimeException e) {
            LOG.warnf("checks of isolation wait: %s", e.getMessage());
            return false;
        }
    }

    private void work(Check check) throws InterruptedException {
        var worker = Thread.currentThread();
        var lost = new AtomicBoolean();
        var period = config.lease().toMillis() / 3;
        var lease = leases.scheduleAtFixedRate(() -> renew(check, worker, lost), period, period, TimeUnit.MILLISECONDS);
        try {
            if (check.attempt() > config.attempts()) {
                store.fail(check, check.failure().orElse("its worker died again and again"));
            } else {
                runner.run(check);
            }
        } catch (InterruptedException e) {
            if (!lost.get()) {
                throw e;
            }
            LOG.warnf("another worker has taken up the check %s", check.id());
        } catch (ExecutionException e) {
            again(check, e.getCause());
        } catch (RuntimeException e) {
            again(check, e);
        } finally {
            lease.cancel(false);
        }
    }

    private void again(Check check, Throwable cause) {
        LOG.warnf(cause, "the check of isolation %s was broken off at attempt %d", check.id(), check.attempt());
        var words = String.valueOf(cause.getMessage());
        if (check.attempt() >= config.attempts()) {
            store.fail(check, words);
        } else {
            store.retry(check, words, RETRY_PAUSE.multipliedBy(check.attempt()));
        }
    }

    private void renew(Check check, Thread worker, AtomicBoolean lost) {
        try {
            if (!store.renew(check, config.lease()) && lost.compareAndSet(false, true)) {
                worker.interrupt();
            }
        } catch (RuntimeException e) {
            LOG.warnf("the lease of the check %s was not renewed: %s", check.id(), e.getMessage());
        }
    }
}
