package io.shopsync.orchestrator.replication.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.contracts.sync.ReplicationReason;
import io.shopsync.couchdb.changes.ChangesQuery;
import io.shopsync.orchestrator.replication.engine.CaughtUp;
import io.shopsync.orchestrator.replication.engine.Obstacle;
import io.shopsync.orchestrator.replication.engine.Pauses;
import io.shopsync.orchestrator.replication.engine.RefusedDocuments;
import io.shopsync.orchestrator.replication.engine.ReplicationConfig;
import io.shopsync.orchestrator.replication.engine.Way;
import io.shopsync.orchestrator.replication.pair.Pair;
import io.shopsync.orchestrator.replication.pair.PairState;
import io.shopsync.orchestrator.replication.pair.RunEnd;
import io.shopsync.orchestrator.replication.protocol.DocumentCopy;
import io.shopsync.orchestrator.replication.protocol.LeafComparison;
import io.shopsync.orchestrator.replication.protocol.RefusedDocument;
import io.shopsync.orchestrator.replication.protocol.ReplicationListener;
import io.shopsync.orchestrator.replication.protocol.Side;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Looks at a job that is as wished, says how it stands, and has it made anew where CouchDB will not mend it soon. */
@ApplicationScoped
class JobJudge {

    /** More changes than these are counted by CouchDB, before the selector. */
    private static final int COUNTED = 500;

    private static final Set<ReplicationReason> OF_JOBS =
            EnumSet.of(ReplicationReason.JOB_CRASHING, ReplicationReason.JOB_FAILED, ReplicationReason.JOB_STALLED);

    private final JobDocuments documents;
    private final JobKeeper keeper;
    private final JobRecords records;
    private final RefusedDocuments refused;
    private final Pauses pauses;
    private final ReplicationConfig.Jobs config;

    JobJudge(
            JobDocuments documents,
            JobKeeper keeper,
            JobRecords records,
            RefusedDocuments refused,
            Pauses pauses,
            ReplicationConfig config) {
        this.documents = documents;
        this.keeper = keeper;
        this.records = records;
        this.refused = refused;
        this.pauses = pauses;
        this.config = config.jobs();
    }

    RunEnd judged(Way way, Pair pair, WantedJob wanted, JobRecord before) {
        var look = look(way, wanted.selector(), before);
        var now = Instant.now();
        return switch (look.standing()) {
            case Standing.CaughtUp _ -> caughtUp(way, pair, before, before.looked(look, false, now), look, now);
            case Standing.Behind _ -> behind(way, pair, wanted, before, before.looked(look, true, now), look, now);
            case Standing.InLine _ -> {
                records.looked(before.looked(look, true, now));
                yield new RunEnd(
                        PairState.WAITING,
                        false,
                        Optional.empty(),
                        "",
                        Optional.of(config.watchEvery()),
                        OptionalLong.of(look.ahead()),
                        Optional.empty(),
                        Pair.Totals.NOTHING);
            }
            case Standing.Crashing(var error) ->
                broken(pair, wanted, before, new Obstacle(ReplicationReason.JOB_CRASHING, error), now);
            case Standing.GivenUp(var error) ->
                broken(pair, wanted, before, new Obstacle(ReplicationReason.JOB_FAILED, error), now);
        };
    }

    private Standing.Look look(Way way, JsonNode selector, JobRecord before) {
        var seen = documents.scheduled(JobIds.of(way.pair()));
        var since = seen.flatMap(Standing::through).or(before::through).orElse(ChangesQuery.BEGINNING);
        var query = ChangesQuery.since(since).matching(selector).limit(COUNTED);
        return SideTrouble.asking(way, Side.SOURCE, () -> {
            var page = way.source().open().changes().page(query);
            var counted = page.changes().size();
            var ahead = counted < COUNTED ? counted : counted + page.pending().orElse(0);
            return new Standing.Look(seen, ahead, page.lastSeq());
        });
    }

    private RunEnd caughtUp(Way way, Pair pair, JobRecord before, JobRecord after, Standing.Look look, Instant now) {
        var counted = look.counts()
                .map(JobRecord.Counts::refused)
                .orElse(before.counts().refused());
        // Fewer than before: the job has lost its checkpoint, and with it the count.
        var refusedAnew = counted != before.counts().refused() && counted > 0;
        if (refusedAnew) {
            judgeRefusals(way, before);
        }
        var job = after.judgedNow(counted);
        if (pair.refusedNow() > 0 && !refusedAnew) {
            refused.tryAgain(way.pair(), way.replication());
        }
        records.looked(job);
        var stand = pair.refusedNow() > 0 || refusedAnew ? refused.stand(way.pair()) : RefusedDocuments.NONE;
        var busy =
                before.behindSince().map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
        return CaughtUp.end(stand, look.head(), did(1, before, job, busy));
    }

    /**
     * CouchDB tells how many documents the target refused, not which. What the target lacks is tried by us, which shows
     * the reason of each.
     */
    private void judgeRefusals(Way way, JobRecord before) {
        var replication = way.replication();
        var copy = new DocumentCopy(replication, new ReplicationListener() {
            @Override
            public void refused(List<RefusedDocument> found) {
                refused.note(way.pair(), found);
            }
        });
        new LeafComparison(replication)
                .missingAtTarget(
                        before.judged().orElse(ChangesQuery.BEGINNING), page -> copy.copy(List.copyOf(page.keySet())));
    }

    private RunEnd behind(
            Way way, Pair pair, WantedJob wanted, JobRecord before, JobRecord after, Standing.Look look, Instant now) {
        records.looked(after);
        var moved = !after.through().equals(before.through()) || !after.counts().equals(before.counts());
        var trouble = trouble(pair);
        if (!moved && after.movedAt().plus(config.stalledAfter()).isBefore(now)) {
            keeper.makeAnew(wanted, before.births());
            return pauses.failed(
                    new Obstacle(
                            ReplicationReason.JOB_STALLED,
                            look.ahead() + " changes wait, and nothing has moved since " + before.movedAt()),
                    pair.attempt());
        }
        if (!moved && trouble.isPresent()) {
            // Made anew, and not yet known to be any better.
            return RunEnd.without(
                    PairState.RETRYING, trouble.get().code(), trouble.get().detail(), Optional.of(config.lookEvery()));
        }
        return new RunEnd(
                PairState.SYNCING,
                before.head().filter(head -> moved && reached(way, look, head)).isPresent(),
                Optional.empty(),
                "",
                Optional.empty(),
                OptionalLong.of(look.ahead()),
                Optional.empty(),
                did(0, before, after, Duration.ZERO));
    }

    /** Whether the target has what the source had at the look before: a busy source is never at its end. */
    private static boolean reached(Way way, Standing.Look look, String head) {
        return look.through()
                .filter(through -> after(way, through) <= after(way, head))
                .isPresent();
    }

    private static long after(Way way, String seq) {
        var query = ChangesQuery.since(seq).limit(0);
        return SideTrouble.asking(
                        way, Side.SOURCE, () -> way.source().open().changes().page(query))
                .pending()
                .orElse(Long.MAX_VALUE);
    }

    /**
     * CouchDB comes first: it tries a crashed job again by itself. Where that did not help by the next look, or somebody
     * asks, the job is made anew, which it takes up at once; its own pauses grow to hours, ours to minutes.
     */
    private RunEnd broken(Pair pair, WantedJob wanted, JobRecord job, Obstacle obstacle, Instant now) {
        var waitedFor = job.writtenAt().plus(pauses.after(pair.attempt())).isBefore(now);
        var triedBefore = pair.attempt() > 0 || trouble(pair).isPresent();
        if (triedBefore && (waitedFor || pair.attempt() == 0)) {
            keeper.makeAnew(wanted, job.births());
            return RunEnd.without(
                    PairState.RETRYING, obstacle.reason(), obstacle.detail(), Optional.of(config.lookEvery()));
        }
        return pauses.failed(obstacle, pair.attempt());
    }

    private static Optional<Pair.Trouble> trouble(Pair pair) {
        return pair.lastError().filter(it -> OF_JOBS.contains(it.code()));
    }

    private static Pair.Totals did(int runs, JobRecord before, JobRecord after, Duration busy) {
        var done = after.counts().since(before.counts());
        return new Pair.Totals(runs, done.read(), done.written(), done.refused(), 0, busy);
    }
}
