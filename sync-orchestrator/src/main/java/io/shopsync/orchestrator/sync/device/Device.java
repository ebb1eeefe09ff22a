package io.shopsync.orchestrator.sync.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A replicator as its checkpoints have shown it so far.
 *
 * @param replicator the replication's id
 * @param session what it called its last run
 * @param lastSeq the last sequence, of the source, that it has copied
 * @param pending changes of the shop's database that it has not read, its own last writes among them; empty where it does
 *     not read, or that cannot be told
 * @param movedAt when its checkpoint was last seen to have moved
 */
public record Device(
        String replicator,
        String session,
        DeviceKind kind,
        DeviceDirection direction,
        String lastSeq,
        Optional<Long> pending,
        Instant firstSeenAt,
        Instant movedAt) {

    /** How a device fares. */
    @Schema(name = "DeviceState")
    public enum State {
        /** It has read everything. */
        UP_TO_DATE,
        /** There are changes that it has not read yet. */
        BEHIND,
        /** It has not moved while the database went on changing for long: somebody should look at it. */
        STOPPED,
        /** It only writes, and what it has yet to write it alone knows. */
        WRITES,
        /** Its direction is not known yet. */
        UNKNOWN,
        /** It has not moved for so long that it is probably no more; a till that was set up anew leaves one behind. */
        GONE
    }

    /** A device seen for the first time. */
    static Device first(Checkpoint checkpoint, Reading reading, Instant now) {
        return new Device(
                        checkpoint.replicator(),
                        checkpoint.session(),
                        checkpoint.kind(),
                        DeviceDirection.UNKNOWN,
                        checkpoint.lastSeq(),
                        Optional.empty(),
                        now,
                        checkpoint.recordedAt().filter(now::isAfter).orElse(now))
                .at(checkpoint, reading, false);
    }

    /** The same device as it is seen now. */
    Device next(Checkpoint checkpoint, Reading reading, Instant now) {
        var moved =
                !checkpoint.lastSeq().equals(lastSeq) || !checkpoint.session().equals(session);
        return new Device(
                        replicator,
                        checkpoint.session(),
                        checkpoint.kind(),
                        direction,
                        checkpoint.lastSeq(),
                        pending,
                        firstSeenAt,
                        moved ? now : movedAt)
                .at(checkpoint, reading, moved);
    }

    /**
     * How old the device's last movement was when the database last changed: what it has missed, in time. It does not
     * grow overnight in a shop that is closed.
     *
     * @param changedAt when the database was last seen to have changed
     */
    public Duration lag(Instant changedAt) {
        return pending.filter(count -> count > 0).isPresent() && changedAt.isAfter(movedAt)
                ? Duration.between(movedAt, changedAt)
                : Duration.ZERO;
    }

    /** How it fares. */
    public State state(Instant changedAt, Instant now, LookConfig config) {
        if (movedAt.plus(config.goneAfter()).isBefore(now)) {
            return State.GONE;
        }
        return switch (direction) {
            case UNKNOWN -> State.UNKNOWN;
            case PUSH -> State.WRITES;
            case PULL -> {
                if (pending.orElse(0L) == 0) {
                    yield State.UP_TO_DATE;
                }
                yield lag(changedAt).compareTo(config.stoppedAfter()) < 0 ? State.BEHIND : State.STOPPED;
            }
        };
    }

    private Device at(Checkpoint checkpoint, Reading reading, boolean moved) {
        var told = direction(checkpoint, reading, moved);
        return new Device(
                replicator,
                session,
                kind,
                told,
                lastSeq,
                told == DeviceDirection.PULL ? reading.pending() : Optional.empty(),
                firstSeenAt,
                movedAt);
    }

    /**
     * A checkpoint names neither source nor target. PouchDB counts its own sequences in plain numbers, and reads CouchDB's
     * opaque ones. CouchDB's replicator has opaque ones on both sides: before a sequence of another database all changes
     * of this one are pending (measured), and one with fewer pending is its own; one that moves and still has all of them
     * before it is another's.
     */
    private DeviceDirection direction(Checkpoint checkpoint, Reading reading, boolean moved) {
        if (checkpoint.countsByItself()) {
            return DeviceDirection.PUSH;
        }
        if (!checkpoint.mayBeOurs()) {
            return direction;
        }
        var all = reading.pending().filter(count -> count >= reading.changes()).isPresent();
        if (kind == DeviceKind.POUCHDB || (reading.pending().isPresent() && !all)) {
            return DeviceDirection.PULL;
        }
        return direction == DeviceDirection.UNKNOWN && moved && all ? DeviceDirection.PUSH : direction;
    }

    /**
     * What CouchDB says to a device's sequence.
     *
     * @param pending changes after it; empty where CouchDB cannot read it
     * @param changes changes there were in all, asked before
     */
    record Reading(Optional<Long> pending, long changes) {}
}
