package io.shopsync.orchestrator.replication.protocol;

import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.changes.Change;
import io.shopsync.couchdb.changes.ChangesPage;
import io.shopsync.couchdb.changes.ChangesQuery;
import io.shopsync.orchestrator.replication.protocol.ReplicationResult.Ending;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One run of a replication: copies what the source has now and the target lacks, page after page, a few pages at once.
 * Pages are settled in order, so a checkpoint stands for all before it.
 */
public final class ReplicationRun {

    private static final PageCopy.Outcome NOTHING = new PageCopy.Outcome(Tally.NOTHING, List.of());

    private final Replication replication;
    private final ReplicationListener listener;
    private final InstantSource clock;
    private final Cancellation cancellation = new Cancellation();
    private final Deque<Page> underWay = new ArrayDeque<>();
    private Instant started;
    private Instant lastSave;
    private Checkpoints checkpoints;
    private Tally done = Tally.NOTHING;
    private String settled;
    private OptionalLong pending = OptionalLong.empty();

    /** @param clock tells when the run began and ended, and when a checkpoint is due */
    public ReplicationRun(Replication replication, ReplicationListener listener, InstantSource clock) {
        this.replication = replication;
        this.listener = listener;
        this.clock = clock;
    }

    /** A page being copied, and the source's sequence at its end. */
    private record Page(Future<PageCopy.Outcome> copy, String lastSeq) {}

    /**
     * Runs to its end on this thread. What a database does never makes it throw: that is the result's
     * {@link ReplicationResult#ending()}.
     *
     * @throws IllegalStateException where it has run before
     */
    public ReplicationResult run() {
        started = clock.instant();
        lastSave = started;
        var ending = cancellation.guard(this::copyAll, this::ending);
        if (ending instanceof Ending.Failed failed && worthSaving(failed)) {
            ending = salvaged(failed);
        }
        var startSeq = checkpoints == null ? ChangesQuery.BEGINNING : checkpoints.startSeq();
        var checkpoint = checkpoints == null ? ChangesQuery.BEGINNING : checkpoints.saved();
        return new ReplicationResult(ending, done, startSeq, checkpoint, pending, started, clock.instant());
    }

    /** Ends the run soon, from any thread; what was written stays, and the next run goes on from the last checkpoint. */
    public void cancel() {
        cancellation.cancel();
    }

    private Ending copyAll() {
        checkpoints = Checkpoints.open(replication);
        settled = checkpoints.startSeq();
        try (var lanes = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                var ending = readAll(lanes);
                while (!underWay.isEmpty()) {
                    settle(underWay.poll());
                }
                saveAtEnd();
                return ending;
            } finally {
                // After a failure the pages behind it are not waited for; without one there are none.
                lanes.shutdownNow();
            }
        }
    }

    private Ending readAll(ExecutorService lanes) {
        var since = settled;
        var limit = replication.limits().changesPerPage();
        long read = 0;
        while (true) {
            var page = read(since);
            since = page.lastSeq();
            read += page.changes().size();
            pending = page.pending();
            underWay.add(new Page(copy(lanes, page.changes()), since));
            if (page.changes().size() < limit || pending.equals(OptionalLong.of(0))) {
                return new Ending.CaughtUp();
            }
            if (read >= replication.limits().changesPerRun() || outOfTime()) {
                return new Ending.MoreToCome();
            }
            while (underWay.size() >= replication.limits().lanes()) {
                settle(underWay.poll());
            }
        }
    }

    private boolean outOfTime() {
        return !clock.instant().isBefore(started.plus(replication.limits().longestRun()));
    }

    private ChangesPage read(String since) {
        var limit = replication.limits().changesPerPage();
        // One sequence a page is enough, and makes CouchDB read twice as fast.
        var query = ChangesQuery.since(since).withAllLeaves().limit(limit).seqInterval(limit);
        var wanted = replication.selector().map(query::matching).orElse(query);
        return Side.SOURCE.ask(() -> replication.source().changes().page(wanted));
    }

    private Future<PageCopy.Outcome> copy(ExecutorService lanes, List<Change> changes) {
        if (changes.isEmpty()) {
            return CompletableFuture.completedFuture(NOTHING);
        }
        var copy = new PageCopy(replication, checkpoints.targetEmpty(), listener);
        return lanes.submit(() -> copy.copy(changes));
    }

    private void settle(Page page) {
        var outcome = outcome(page);
        done = done.plus(outcome.done());
        try {
            if (!outcome.refused().isEmpty()) {
                listener.refused(outcome.refused());
            }
            listener.progressed(done);
        } catch (RuntimeException e) {
            throw new ListenerFailure(e);
        }
        settled = page.lastSeq();
        if (!clock.instant().isBefore(lastSave.plus(replication.limits().checkpointEvery()))) {
            save();
        }
    }

    private static PageCopy.Outcome outcome(Page page) {
        try {
            return page.copy().get();
        } catch (ExecutionException e) {
            throw Both.rethrown(e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedRun();
        }
    }

    private void saveAtEnd() {
        // Without a selector no change means no way gone. With one, a million changes may have been passed over.
        var wayGone = done.changes() > 0 || replication.selector().isPresent();
        if (wayGone && !settled.equals(checkpoints.saved())) {
            save();
        }
    }

    private void save() {
        checkpoints.save(settled, done, started, clock.instant());
        lastSave = clock.instant();
    }

    /** Whether to keep what was settled before a failure; a server that does not answer is not asked to. */
    private boolean worthSaving(Ending.Failed failed) {
        return checkpoints != null
                && !settled.equals(checkpoints.saved())
                && !(failed.reason() instanceof CouchException.TimedOut);
    }

    private Ending salvaged(Ending.Failed failed) {
        return cancellation.guard(
                () -> {
                    save();
                    return failed;
                },
                e -> ending(e) instanceof Ending.Failed ? failed : ending(e));
    }

    private Ending ending(RuntimeException e) {
        return switch (e) {
            case InterruptedRun _ -> new Ending.Cancelled();
            case Side.Failure failure
            when failure.reason() instanceof CouchException.Interrupted -> new Ending.Cancelled();
            case Side.Failure failure -> new Ending.Failed(failure.side(), failure.reason());
            case Checkpoints.RecreatedException recreated -> new Ending.Recreated(recreated.side());
            case Checkpoints.OvertakenException _ -> new Ending.Overtaken();
            case ListenerFailure listening -> new Ending.Stopped(listening.reason());
            default -> throw e;
        };
    }
}
