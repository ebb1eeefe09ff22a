package io.shopsync.orchestrator.replication.protocol;

import io.shopsync.couchdb.changes.Change;
import io.shopsync.couchdb.document.FetchOptions;
import io.shopsync.couchdb.document.FetchedRevision;
import io.shopsync.couchdb.document.RevisionRef;
import io.shopsync.couchdb.document.WriteOutcome.Cause;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies the revisions of one page of changes: what the target lacks is fetched as one stream and written in batches
 * while it comes. One thread; made for one page.
 */
final class PageCopy {

    private static final String DESIGN = "_design/";

    private final Replication replication;
    private final boolean targetEmpty;
    private final BatchWriter writer;
    private final List<RefusedDocument> refused = new ArrayList<>();
    private final List<RevisionRef> again = new ArrayList<>();
    private long read;
    private long gone;
    private long bytes;

    PageCopy(Replication replication, boolean targetEmpty, ReplicationListener listener) {
        this.replication = replication;
        this.targetEmpty = targetEmpty;
        this.writer = new BatchWriter(replication, listener);
    }

    /** What was done, and what was not. */
    record Outcome(Tally done, List<RefusedDocument> refused) {}

    Outcome copy(List<Change> changes) {
        var leaves = new LinkedHashMap<String, List<String>>();
        for (var change : changes) {
            if (replication.designDocuments() || !change.id().startsWith(DESIGN)) {
                leaves.put(change.id(), change.revs());
            }
        }
        var checked = leaves.values().stream().mapToLong(List::size).sum();
        var missing = missing(leaves);
        copyRevisions(missing);
        return outcome(changes.size(), checked, missing.size());
    }

    /** Copies all leaves of these documents, whatever the target has of them. */
    Outcome copyDocuments(List<String> ids) {
        copyRevisions(ids.stream().map(RevisionRef::allLeaves).toList());
        return outcome(0, 0, 0);
    }

    private List<RevisionRef> missing(Map<String, List<String>> leaves) {
        var refs = new ArrayList<RevisionRef>();
        if (targetEmpty) {
            leaves.forEach((id, revs) -> revs.forEach(rev -> refs.add(new RevisionRef(id, rev))));
        } else {
            Side.TARGET
                    .ask(() -> replication.target().bulk().missing(leaves))
                    .forEach((id, lacks) -> lacks.missing()
                            .forEach(rev -> refs.add(new RevisionRef(id, rev, lacks.possibleAncestors()))));
        }
        return refs;
    }

    private void copyRevisions(List<RevisionRef> revisions) {
        if (revisions.isEmpty()) {
            return;
        }
        fetch(revisions, unavailable -> again.add(new RevisionRef(unavailable.id(), unavailable.rev())));
        // An attachment that the target was thought to have and has not, or a failure to read: once more, with all
        // data.
        again.addAll(writer.takeIncomplete());
        if (!again.isEmpty()) {
            fetch(List.copyOf(again), this::unreadable);
            writer.takeIncomplete().forEach(this::incomplete);
        }
    }

    private interface WhenUnavailable {
        void then(FetchedRevision.Unavailable revision);
    }

    private void fetch(List<RevisionRef> revisions, WhenUnavailable whenUnavailable) {
        var options = FetchOptions.WHOLE.atMost(replication.limits().largestDocument());
        try (var documents = Side.SOURCE.ask(() -> replication.source().bulk().fetch(revisions, options))) {
            for (var next = Side.SOURCE.ask(documents::next);
                    next.isPresent();
                    next = Side.SOURCE.ask(documents::next)) {
                switch (next.get()) {
                    case FetchedRevision.Found found -> {
                        read++;
                        bytes += found.document().length();
                        replication
                                .admission()
                                .objection(found.document())
                                .ifPresentOrElse(why -> inadmissible(found, why), () -> writer.add(found));
                    }
                    case FetchedRevision.Oversized large -> oversized(large);
                    case FetchedRevision.Unavailable unavailable -> {
                        if (unavailable.gone()) {
                            gone++;
                        } else {
                            whenUnavailable.then(unavailable);
                        }
                    }
                }
            }
        }
        writer.flush();
    }

    private void inadmissible(FetchedRevision.Found revision, String why) {
        refused.add(new RefusedDocument(revision.id(), revision.rev(), Side.TARGET, Cause.FORBIDDEN, "forbidden", why));
    }

    private void oversized(FetchedRevision.Oversized large) {
        refused.add(new RefusedDocument(
                large.id(),
                large.rev(),
                Side.SOURCE,
                Cause.TOO_LARGE,
                "too_large",
                large.bytes() + " bytes with attachments; the limit is "
                        + replication.limits().largestDocument()));
    }

    private void unreadable(FetchedRevision.Unavailable revision) {
        refused.add(new RefusedDocument(
                revision.id(),
                revision.rev(),
                Side.SOURCE,
                Cause.of(revision.error()),
                revision.error(),
                revision.reason()));
    }

    private void incomplete(RevisionRef revision) {
        refused.add(new RefusedDocument(
                revision.id(),
                revision.rev(),
                Side.TARGET,
                Cause.INVALID,
                "missing_stub",
                "an attachment without its data"));
    }

    private Outcome outcome(long changes, long checked, long missing) {
        refused.addAll(writer.refused());
        return new Outcome(
                new Tally(changes, checked, missing, read, writer.written(), refused.size(), gone, bytes),
                List.copyOf(refused));
    }
}
