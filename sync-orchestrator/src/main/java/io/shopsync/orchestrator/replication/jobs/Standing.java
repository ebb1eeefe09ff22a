package io.shopsync.orchestrator.replication.jobs;

import io.shopsync.couchdb.replicator.JobState;
import io.shopsync.couchdb.replicator.JobStatistics;
import io.shopsync.couchdb.replicator.ScheduledDocument;
import java.util.Optional;

/** How a job stands, by what the scheduler says of it and what its source has beyond. */
sealed interface Standing {

    /** The target has all that the source has. */
    record CaughtUp() implements Standing {}

    /** It runs, or will in a moment, and the target lacks something. */
    record Behind() implements Standing {}

    /** It waits because CouchDB runs as many others as it may. */
    record InLine() implements Standing {}

    /** It has failed, and CouchDB tries again after pauses of its own, up to hours. */
    record Crashing(String error) implements Standing {}

    /** CouchDB does not try again. */
    record GivenUp(String error) implements Standing {}

    /**
     * A look at a job and at its source.
     *
     * @param seen empty where the scheduler does not know the document yet
     * @param ahead changes to copy that come after what the target has
     * @param head the source's last sequence
     */
    record Look(Optional<ScheduledDocument> seen, long ahead, String head) {

        /** Up to where the target has the source, as far as the scheduler tells. */
        Optional<String> through() {
            return seen.flatMap(Standing::through);
        }

        /** The id of its checkpoint: what makes a job continuous is no part of it. */
        Optional<String> checkpoint() {
            return seen.flatMap(ScheduledDocument::jobId).map(id -> id.split("\\+", 2)[0]);
        }

        Optional<JobRecord.Counts> counts() {
            return seen.flatMap(ScheduledDocument::statistics).map(JobRecord.Counts::of);
        }

        Standing standing() {
            var state = seen.map(ScheduledDocument::state).orElse(JobState.INITIALIZING);
            var error = seen.flatMap(ScheduledDocument::error).orElse("CouchDB does not say why");
            return switch (state) {
                case CRASHING, ERROR -> new Crashing(error);
                case FAILED -> new GivenUp(error);
                // It was made to end, which no job of ours is.
                case COMPLETED -> new GivenUp("it has ended");
                case PENDING -> ahead == 0 ? new CaughtUp() : new InLine();
                case RUNNING -> ahead == 0 ? new CaughtUp() : new Behind();
                case INITIALIZING, OTHER -> new Behind();
            };
        }
    }

    /** Up to where the target has the source. */
    static Optional<String> through(ScheduledDocument seen) {
        return seen.statistics().flatMap(it -> it.throughSeq().or(() -> checkpointed(it)));
    }

    private static Optional<String> checkpointed(JobStatistics statistics) {
        return statistics.checkpointedSeq();
    }
}
