package io.shopsync.orchestrator.replication.protocol;

import io.shopsync.couchdb.CouchException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What became of a run.
 *
 * @param done what it did, also where it failed later
 * @param startSeq the source's sequence it began after
 * @param checkpoint the source's sequence that both sides remember now; {@code startSeq} where it came no further
 * @param pending changes of the source still to come when it ended, where the source told (before a selector is applied)
 */
public record ReplicationResult(
        Ending ending,
        Tally done,
        String startSeq,
        String checkpoint,
        OptionalLong pending,
        Instant started,
        Instant ended) {

    /** How long it took. */
    public Duration duration() {
        return Duration.between(started, ended);
    }

    /** Whether all that the source had is at the target, but for what the listener was told of. */
    public boolean caughtUp() {
        return ending instanceof Ending.CaughtUp;
    }

    /** Why it ended. */
    public sealed interface Ending {

        /** The source has no more changes. */
        record CaughtUp() implements Ending {}

        /** The limit of changes a run is reached: run again, after others had their turn. */
        record MoreToCome() implements Ending {}

        /** It was cancelled, or its thread interrupted. */
        record Cancelled() implements Ending {}

        /** That database was deleted and made anew meanwhile: run again, it will begin from the start where it must. */
        record Recreated(Side side) implements Ending {}

        /** Another run writes the same checkpoint, or one that was cancelled still did: run again, one at a time. */
        record Overtaken() implements Ending {}

        /** That side failed; {@link CouchException#transientFailure()} tells whether to run again. */
        record Failed(Side side, CouchException reason) implements Ending {}

        /** The listener threw. */
        record Stopped(RuntimeException reason) implements Ending {}
    }
}
