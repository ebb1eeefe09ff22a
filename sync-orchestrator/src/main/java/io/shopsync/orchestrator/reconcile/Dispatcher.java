package io.shopsync.orchestrator.reconcile;

import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.couchdb.CouchUnavailable;
import io.shopsync.orchestrator.desired.Claim;
import io.shopsync.orchestrator.desired.Lane;
import io.shopsync.orchestrator.desired.WorkQueue;
import io.shopsync.platform.LogKeys;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Claims shops that are due and puts each on a virtual thread, while there is room. It is woken when work arrives in
 * this process and when room is made, and looks by itself every now and then: for retries, for the full pass, for work
 * that arrived elsewhere, and for the claims of a process that died.
 */
final class Dispatcher {

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    private static final int HELD_PER_COMMIT = 500;

    private final String name;
    private final ReconcileConfig config;
    private final Couch couch;
    private final Ledger ledger;
    private final WorkQueue queue;
    private final Worker worker;
    private final InFlight inFlight;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean stopping;
    private boolean routineCrowded = true;
    private long routineLook;

    /** @param name tells this process from its replicas */
    Dispatcher(String name, ReconcileConfig config, Couch couch, Ledger ledger, WorkQueue queue, Worker worker) {
        this.name = name;
        this.config = config;
        this.couch = couch;
        this.ledger = ledger;
        this.queue = queue;
        this.worker = worker;
        this.inFlight = new InFlight(config.shopsInFlight(), config.routineShopsInFlight());
    }

    void start() {
        Thread.ofPlatform().daemon().name("reconcile-dispatcher").start(() -> repeat(config.poll(), this::dispatch));
        Thread.ofVirtual().name("reconcile-leases").start(this::keepLeases);
    }

    /** Looks at the queue now. */
    void wake() {
        wakeUps.release();
    }

    /** Claims nothing any more and waits for what is in flight. What does not end in time loses its claim by itself. */
    void stop() throws InterruptedException {
        stopping = true;
        wake();
        if (!inFlight.awaitEmpty(config.stopWithin())) {
            LOG.warnf(
                    "stopped with %d shops in flight; they are claimed anew after %s", inFlight.size(), config.lease());
        }
    }

    int shopsInFlight() {
        return inFlight.size();
    }

    boolean isBusyWithWishes() {
        return inFlight.hasWishes();
    }

    private void repeat(Duration pause, Runnable action) {
        while (!stopping) {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.warn("the queue of shops cannot be read; it is tried again", e);
            }
            awaitWakeUp(pause);
        }
    }

    private void awaitWakeUp(Duration pause) {
        try {
            if (wakeUps.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                // All wake-ups so far ask for the same look.
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    private void dispatch() {
        var away = couch.away();
        if (away.isPresent()) {
            hold(away.get());
            return;
        }
        claim(Lane.URGENT);
        // Nobody waits for the full pass: what falls due in it is looked for by the clock, not at each wake-up.
        if (routineCrowded || System.nanoTime() - routineLook >= config.poll().toNanos()) {
            routineLook = System.nanoTime();
            routineCrowded = claim(Lane.ROUTINE);
        }
    }

    /** Returns whether more may be due than there was room for. */
    private boolean claim(Lane lane) {
        var room = inFlight.room(lane);
        if (room <= 0) {
            return true;
        }
        var claims = ledger.claim(lane, room, name, config.lease());
        claims.forEach(claim -> begin(claim, lane));
        return claims.size() == room;
    }

    private void begin(Claim claim, Lane lane) {
        if (!inFlight.begin(claim, lane)) {
            LOG.warnf("%s is still worked on under a claim that was lost", claim.shop());
            return;
        }
        Thread.ofVirtual().name("shop-" + claim.shop()).start(() -> {
            try (var _ = LogKeys.shop(claim.shop());
                    var _ = LogKeys.event(claim.desired().wish().event())) {
                worker.work(claim);
            } finally {
                inFlight.end(claim);
                wake();
            }
        });
    }

    private void hold(CouchUnavailable away) {
        int held;
        do {
            held = ledger.hold(away, couch.longestProbe(), HELD_PER_COMMIT);
        } while (held == HELD_PER_COMMIT && !stopping);
    }

    private void keepLeases() {
        var pause = config.lease().dividedBy(3);
        while (!stopping || inFlight.size() > 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
                var claims = inFlight.claims();
                if (!claims.isEmpty()) {
                    queue.renew(claims, config.lease());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warn("leases cannot be renewed now", e);
            }
        }
    }
}
