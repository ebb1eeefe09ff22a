package io.shopsync.orchestrator.replication.jobs;

import io.shopsync.couchdb.replicator.JobStatistics;
import io.shopsync.orchestrator.replication.pair.PairId;
import java.time.Instant;
import java.util.Optional;

/**
 * What we know of a job.
 *
 * @param fingerprint of its document as we wrote it last
 * @param births when its databases were made
 * @param writtenAt when we wrote its document last
 * @param checkpoint id of the checkpoint that it leaves on both sides, without {@code _local/}; empty until it has run
 * @param through up to where the target had the source at the last look
 * @param head the source's last sequence at the last look
 * @param judged up to where it is known which documents the target refuses
 * @param movedAt when it was last seen to have advanced
 * @param behindSince since when the target lacks something; empty where it had all at the last look
 * @param counts as CouchDB counts
 */
record JobRecord(
        PairId pair,
        String fingerprint,
        String births,
        Instant writtenAt,
        Optional<String> checkpoint,
        Optional<String> through,
        Optional<String> head,
        Optional<String> judged,
        Instant movedAt,
        Optional<Instant> behindSince,
        Counts counts) {

    /** What CouchDB counts, over the restarts of a job as well. */
    record Counts(long read, long written, long refused) {

        static final Counts NOTHING = new Counts(0, 0, 0);

        static Counts of(JobStatistics statistics) {
            return new Counts(statistics.read(), statistics.written(), statistics.writeFailures());
        }

        /** What was done since. A job whose checkpoint was lost counts from nothing again. */
        Counts since(Counts before) {
            return read < before.read || written < before.written || refused < before.refused
                    ? this
                    : new Counts(read - before.read, written - before.written, refused - before.refused);
        }
    }

    /** The same after a look; which documents are refused is another matter, see {@link #judgedNow}. */
    JobRecord looked(Standing.Look look, boolean behind, Instant now) {
        var nowThrough = look.through().or(this::through);
        var nowCounts = look.counts()
                .map(seen -> new Counts(seen.read(), seen.written(), counts.refused()))
                .orElse(counts);
        var moved = !nowThrough.equals(through) || !nowCounts.equals(counts);
        return new JobRecord(
                pair,
                fingerprint,
                births,
                writtenAt,
                look.checkpoint().or(this::checkpoint),
                nowThrough,
                Optional.of(look.head()),
                judged,
                moved || !behind ? now : movedAt,
                behind ? behindSince.or(() -> Optional.of(now)) : Optional.empty(),
                nowCounts);
    }

    /** The same, with the refusals that CouchDB counts known up to where the target has the source. */
    JobRecord judgedNow(long refused) {
        var all = new Counts(counts.read(), counts.written(), refused);
        return new JobRecord(
                pair, fingerprint, births, writtenAt, checkpoint, through, head, through, movedAt, behindSince, all);
    }
}
