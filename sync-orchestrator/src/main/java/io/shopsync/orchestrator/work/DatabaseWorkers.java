package io.shopsync.orchestrator.work;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/**
 * Workers for one kind of work: a loop that claims databases as workers become free, each then worked on by a virtual
 * thread of its own while its lease is renewed.
 */
public final class DatabaseWorkers implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DatabaseWorkers.class);

    /** How long work that another process left, or that waits out a failure, may be due before it is noticed. */
    private static final Duration IDLE_POLL = Duration.ofSeconds(1);

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final WorkKind kind;
    private final DatabaseQueue queue;
    private final Function<DatabaseClaim, WorkOutcome> work;
    private final int bound;
    private final IntSupplier atOnce;
    private final int perShop;
    private final Semaphore free;
    private final Semaphore wakeUps = new Semaphore(0);
    private final ExecutorService threads;
    private final ScheduledExecutorService leases = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("leases").factory());
    private final Thread loop;
    private volatile boolean stopped;

    /**
     * Starts the workers.
     *
     * @param bound how many databases are worked on at once
     * @param perShop how many of one shop's
     * @param work blocking; a thrown exception is a failure that is tried again with growing pauses
     */
    public DatabaseWorkers(
            WorkKind kind, DatabaseQueue queue, int bound, int perShop, Function<DatabaseClaim, WorkOutcome> work) {
        this(kind, queue, bound, () -> bound, perShop, work);
    }

    /**
     * Starts workers that may give way to other work.
     *
     * @param bound how many databases are worked on at once
     * @param atOnce how many of those it may be at this moment, at least one
     * @param perShop how many of one shop's
     * @param work blocking; a thrown exception is a failure that is tried again with growing pauses
     */
    public DatabaseWorkers(
            WorkKind kind,
            DatabaseQueue queue,
            int bound,
            IntSupplier atOnce,
            int perShop,
            Function<DatabaseClaim, WorkOutcome> work) {
        this.kind = kind;
        this.queue = queue;
        this.work = work;
        this.bound = bound;
        this.atOnce = atOnce;
        this.perShop = perShop;
        this.free = new Semaphore(bound);
        var name = kind.name().toLowerCase(Locale.ROOT);
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + '-', 0).factory());
        this.loop = Thread.ofVirtual().name(name + "-claims").start(this::run);
    }

    /** There may be work: look now. */
    public void wake() {
        wakeUps.release();
    }

    /** How many databases are being worked on. */
    public int active() {
        return bound - free.availablePermits();
    }

    /** Lets running work end for a while; what is cut off is repeated by whoever claims it next. */
    @Override
    public void close() {
        stopped = true;
        loop.interrupt();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        leases.shutdownNow();
    }

    private void run() {
        while (!stopped) {
            try {
                free.acquire();
                free.release();
                var claimed = claim();
                claimed.forEach(this::start);
                if (claimed.isEmpty() && wakeUps.tryAcquire(IDLE_POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    wakeUps.drainPermits();
                }
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private List<DatabaseClaim> claim() {
        try {
            var room = Math.min(bound, atOnce.getAsInt()) - active();
            return room > 0 ? queue.claim(kind, room, perShop, LEASE) : List.of();
        } catch (RuntimeException e) {
            LOG.warnf("no work can be claimed now: %s", e.getMessage());
            return List.of();
        }
    }

    private void start(DatabaseClaim claim) {
        free.acquireUninterruptibly();
        threads.execute(() -> {
            var lease = renewedWhileAtWork(claim);
            try {
                queue.finish(claim, outcome(claim));
            } catch (RuntimeException e) {
                LOG.warnf("the end of the work on %s is not recorded; it is repeated: %s", claim.database(), e);
            } finally {
                lease.cancel(false);
                free.release();
                wake();
            }
        });
    }

    private WorkOutcome outcome(DatabaseClaim claim) {
        try {
            return work.apply(claim);
        } catch (RuntimeException e) {
            LOG.warnf("%s of %s failed at attempt %d: %s", kind, claim.database(), claim.attempt(), e);
            return new WorkOutcome.Retry(pause(claim.attempt()), String.valueOf(e.getMessage()));
        }
    }

    private ScheduledFuture<?> renewedWhileAtWork(DatabaseClaim claim) {
        var period = LEASE.toMillis() / 3;
        return leases.scheduleAtFixedRate(() -> renew(claim), period, period, TimeUnit.MILLISECONDS);
    }

    private void renew(DatabaseClaim claim) {
        try {
            queue.renew(claim, LEASE);
        } catch (RuntimeException e) {
            LOG.warnf("the lease of %s was not renewed: %s", claim.database(), e.getMessage());
        }
    }

    /** Half a second, doubled at each attempt, and up to a half more so that failures do not return in step. */
    static Duration pause(int attempt) {
        var doubled = Duration.ofMillis(500L << Math.min(attempt - 1, 20));
        var capped = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        var jitter = ThreadLocalRandom.current().nextDouble(0.5);
        return capped.plusMillis((long) (capped.toMillis() * jitter));
    }
}
