package io.shopsync.orchestrator.isolation;

import io.shopsync.couchdb.CouchException;
import io.shopsync.orchestrator.couchdb.CouchUnavailable;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Carries out what people decide about quarantined documents. A decision is noted, then the revision is written where it
 * is released to, then the copy is deleted, then the end is noted and published. Each step may be repeated, so that
 * {@link #resume} brings a decision to its end wherever it was cut off, and the copy is never deleted before its target
 * is known to have it.
 */
@ApplicationScoped
class QuarantineDesk {

    private static final Logger LOG = Logger.getLogger(QuarantineDesk.class);
    private static final int AT_A_TIME = 100;

    private final QuarantineDecisions decisions;
    private final QuarantineStore store;
    private final ReleaseTargets targets;
    private final Restorer restorer;

    QuarantineDesk(QuarantineDecisions decisions, QuarantineStore store, ReleaseTargets targets, Restorer restorer) {
        this.decisions = decisions;
        this.store = store;
        this.targets = targets;
        this.restorer = restorer;
    }

    /**
     * Releases a document with all its leaf revisions; without effect where it was released so before.
     *
     * @throws ProblemException where there is no such document, or it may not be released so, or CouchDB is away
     */
    QuarantineEntry release(UUID id, ReleaseTo to, String by) {
        var entry = entry(id);
        if (entry.state() == QuarantineState.SETTLED) {
            var into = targets.of(entry.document(), to);
            asking(() -> {
                var leaves = decisions.leaves(id).stream()
                        .filter(leaf -> isReleasable(leaf.document().id(), to, into.physicalName(), id))
                        .toList();
                decisions.release(leaves, to, into, by).forEach(this::carryOut);
            });
        } else if (entry.isReleased(to)) {
            asking(() -> carryOut(entry));
        } else {
            throw notNow(entry);
        }
        return entry(id);
    }

    /**
     * Deletes a document's copy for good; without effect where it was discarded before.
     *
     * @throws ProblemException where there is no such document, or it was released, or CouchDB is away
     */
    QuarantineEntry discard(UUID id, String reason, String by) {
        var entry = entry(id);
        if (entry.state() == QuarantineState.SETTLED) {
            decisions.discard(id, reason, by).ifPresent(noted -> asking(() -> carryOut(noted)));
        } else if (entry.isDiscarded()) {
            asking(() -> carryOut(entry));
        } else {
            throw notNow(entry);
        }
        return entry(id);
    }

    /** @throws ProblemException {@link ProblemCode#NOT_FOUND} */
    QuarantineEntry entry(UUID id) {
        return decisions
                .find(id)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND, "There is no document " + id + " in the quarantine."));
    }

    /** Brings to their end the decisions that were cut off: noted {@code since} ago and not carried out. */
    void resume(Duration since) {
        for (var entry : decisions.cutOff(since, AT_A_TIME)) {
            try {
                carryOut(entry);
            } catch (CouchUnavailable | CouchException e) {
                LOG.infof(
                        "a decision about %s waits for CouchDB: %s",
                        entry.document().id(), e.getMessage());
                return;
            } catch (RuntimeException e) {
                LOG.warnf(
                        "a decision about %s is not carried out: %s",
                        entry.document().id(), e.getMessage());
            }
        }
    }

    private void carryOut(QuarantineEntry entry) {
        switch (entry.state()) {
            case RELEASING -> {
                restore(entry);
                store.discard(entry.document().id());
                decisions.done(entry);
            }
            case DISCARDING -> {
                store.discard(entry.document().id());
                decisions.done(entry);
            }
            case COPIED, SETTLED, RELEASED, DISCARDED -> {
                // Nothing is decided, or all is done.
            }
        }
    }

    private void restore(QuarantineEntry entry) {
        var original = store.original(entry.document().id());
        if (original.isEmpty()) {
            // The copy is deleted only once its target has it.
            return;
        }
        var decision = entry.decision().orElseThrow();
        var restoration = decision.releaseTo().orElseThrow() == ReleaseTo.OWNER
                ? Restoration.asFound(original.get())
                : Restoration.markedFor(entry.document(), original.get());
        try {
            restorer.write(decision.releasedInto().orElseThrow(), restoration);
        } catch (Restorer.NotTaken e) {
            decisions.undo(entry);
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    decision.releasedInto().orElseThrow() + " does not take the document: " + e.getMessage());
        }
    }

    /** A leaf revision that cannot be released stays behind; if it is the one asked for, that is the answer. */
    private boolean isReleasable(UUID leaf, ReleaseTo to, String into, UUID asked) {
        var copy = store.original(leaf);
        var past = to == ReleaseTo.OWNER
                && copy.filter(original -> restorer.isPast(into, Restoration.asFound(original)))
                        .isPresent();
        if (copy.isPresent() && !past) {
            return true;
        }
        if (leaf.equals(asked)) {
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    past
                            ? into
                                    + " had this revision before and has gone on from it, or has other content under its "
                                    + "name: there is nothing to release, discard the copy."
                            : "The copy is no longer in the quarantine's database.");
        }
        return false;
    }

    private static void asking(Runnable work) {
        try {
            work.run();
        } catch (CouchUnavailable | CouchException e) {
            LOG.warnf("a decision waits for CouchDB: %s", e.getMessage());
            throw new ProblemException(
                    ProblemCode.UNAVAILABLE,
                    "CouchDB is not available now. A decision that is noted is carried out by itself; ask again to see.");
        }
    }

    private static ProblemException notNow(QuarantineEntry entry) {
        var state = entry.state() == QuarantineState.COPIED
                ? "is still being removed from where it was found: try again in a moment"
                : "is " + entry.state();
        return new ProblemException(ProblemCode.CONFLICT, "The document " + state + '.');
    }
}
