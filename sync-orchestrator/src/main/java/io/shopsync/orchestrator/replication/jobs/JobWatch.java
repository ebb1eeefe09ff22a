package io.shopsync.orchestrator.replication.jobs;

import io.quarkus.scheduler.Scheduled;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.changes.Change;
import io.shopsync.couchdb.changes.ChangesQuery;
import io.shopsync.couchdb.replicator.JobState;
import io.shopsync.couchdb.replicator.ScheduledDocument;
import io.shopsync.orchestrator.couchdb.CouchUnavailable;
import io.shopsync.orchestrator.platform.Jdbc;
import io.shopsync.orchestrator.platform.Lease;
import io.shopsync.orchestrator.replication.engine.ReplicationConfig;
import io.shopsync.orchestrator.replication.jobs.JobRecords.Kept;
import io.shopsync.orchestrator.replication.pair.EngineKind;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.PairState;
import io.shopsync.orchestrator.work.DatabaseQueue;
import io.shopsync.orchestrator.work.WorkKind;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Looks over all jobs, a page at a time, for those that nobody's change would wake: that crash, are gone or were changed.
 * Their databases are made due, and the engine sees to each. One replica does it.
 */
@ApplicationScoped
class JobWatch {

    private static final Logger LOG = Logger.getLogger(JobWatch.class);
    private static final int PAGE = 500;
    private static final Duration FULL_PASS = Duration.ofHours(6);
    private static final Set<JobState> BROKEN =
            EnumSet.of(JobState.CRASHING, JobState.ERROR, JobState.FAILED, JobState.COMPLETED);
    private static final Set<PairState> KNOWN_TO_BE = EnumSet.of(PairState.RETRYING, PairState.FAILED);

    private final JobDocuments documents;
    private final JobRecords records;
    private final JobKeeper keeper;
    private final DatabaseQueue queue;
    private final Lease lease;
    private final boolean chosen;
    private Set<String> orphans = Set.of();
    private String since = ChangesQuery.BEGINNING;
    private Instant fullPass = Instant.EPOCH;

    JobWatch(
            JobDocuments documents,
            JobRecords records,
            JobKeeper keeper,
            DatabaseQueue queue,
            Jdbc jdbc,
            ReplicationConfig config) {
        this.documents = documents;
        this.records = records;
        this.keeper = keeper;
        this.queue = queue;
        this.lease =
                new Lease(jdbc, "replication-jobs", config.jobs().watchEvery().multipliedBy(4));
        this.chosen = config.engine() == EngineKind.JOBS;
    }

    @Scheduled(
            every = "${shopsync.replication.jobs.watch-every:15s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void lookOverAll() {
        try {
            if (chosen) {
                watch();
            } else if (records.any() && lease.hold()) {
                // Another engine was chosen: both at once would each do all the work.
                keeper.remove(records.all().stream().map(Kept::pair).toList());
            }
        } catch (CouchException | CouchUnavailable e) {
            LOG.debugf("replication jobs cannot be looked at now: %s", e.getMessage());
        }
    }

    private void watch() {
        if (!lease.hold()) {
            return;
        }
        documents.keepClosed();
        var changed = changed();
        // The records are read first: a job that comes after them is no orphan at the next look.
        var kept = records.all();
        var seen = seen();
        wake(kept, job -> needsALook(job, seen.get(JobIds.of(job.pair()))) || changed.contains(JobIds.of(job.pair())));
        var paused = kept.stream()
                .filter(Kept::paused)
                .map(Kept::pair)
                .filter(pair -> seen.containsKey(JobIds.of(pair)))
                .toList();
        if (!paused.isEmpty()) {
            keeper.remove(paused);
        }
        removeOrphans(kept, seen.keySet());
    }

    /** Documents that were written since the last look, by whomever; all of them now and then, and after a start. */
    private Set<String> changed() {
        if (fullPass.plus(FULL_PASS).isBefore(Instant.now())) {
            since = ChangesQuery.BEGINNING;
            fullPass = Instant.now();
        }
        var page = documents.changes(since);
        since = page.lastSeq();
        var changed = new HashSet<String>();
        page.changes().stream()
                .map(Change::id)
                .filter(id -> id.startsWith(JobIds.PREFIX))
                .forEach(changed::add);
        return changed;
    }

    private Map<String, ScheduledDocument> seen() {
        var seen = new HashMap<String, ScheduledDocument>();
        for (long skip = 0; ; skip += PAGE) {
            var page = documents.scheduled(PAGE, skip);
            page.items().stream()
                    .filter(job -> job.documentId().startsWith(JobIds.PREFIX))
                    .forEach(job -> seen.put(job.documentId(), job));
            if (page.items().isEmpty() || skip + PAGE >= page.total()) {
                return seen;
            }
        }
    }

    private static boolean needsALook(Kept job, ScheduledDocument seen) {
        if (job.paused()) {
            return false;
        }
        if (seen == null) {
            return !KNOWN_TO_BE.contains(job.state());
        }
        var refusedMore = seen.statistics()
                .filter(it -> it.writeFailures() > job.refused())
                .isPresent();
        return refusedMore || (BROKEN.contains(seen.state()) && !KNOWN_TO_BE.contains(job.state()));
    }

    private void wake(List<Kept> kept, Predicate<Kept> which) {
        var due = kept.stream().filter(which).map(Kept::pair).toList();
        queue.mark(WorkKind.REPLICATE, of(due, pair -> pair.target().equals(PairId.STANDBY)));
        queue.mark(WorkKind.EXCHANGE, of(due, pair -> !pair.target().equals(PairId.STANDBY)));
    }

    private static List<ShopDatabase> of(List<PairId> pairs, Predicate<PairId> which) {
        return pairs.stream().filter(which).map(PairId::database).distinct().toList();
    }

    /** Jobs whose pair is no more. At the second look: one that was just written has no record yet. */
    private void removeOrphans(List<Kept> kept, Set<String> seen) {
        var left = new HashSet<>(seen);
        kept.forEach(job -> left.remove(JobIds.of(job.pair())));
        var twice = left.stream().filter(orphans::contains).toList();
        if (!twice.isEmpty()) {
            LOG.warnf("replication jobs of no pair end: %s", twice);
            documents.remove(twice);
        }
        orphans = left;
    }
}
