package io.shopsync.orchestrator.replication.protocol;

import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.document.FetchedRevision;
import io.shopsync.couchdb.document.RevisionRef;
import io.shopsync.couchdb.document.WriteOutcome;
import io.shopsync.couchdb.document.WriteOutcome.Cause;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes revisions in batches bounded by bytes. CouchDB fails a whole batch for one document that is too large or
 * malformed; such a batch is halved until that one stands alone, so that it never stops the others.
 */
final class BatchWriter {

    private static final String MISSING_STUB = "missing_stub";
    /** More documents of a page on which the server fails by itself are no longer taken for the documents' fault. */
    private static final int SERVER_FAILURES = 3;

    private final Replication replication;
    private final ReplicationListener listener;
    private final List<RefusedDocument> refused = new ArrayList<>();
    private final List<RevisionRef> incomplete = new ArrayList<>();
    private List<FetchedRevision.Found> batch = new ArrayList<>();
    private long batchBytes;
    private long written;
    private int serverFailures;

    BatchWriter(Replication replication, ReplicationListener listener) {
        this.replication = replication;
        this.listener = listener;
    }

    void add(FetchedRevision.Found revision) {
        var length = revision.document().length();
        if (batchBytes + length > replication.limits().batchBytes()) {
            flush();
        }
        batch.add(revision);
        batchBytes += length;
    }

    void flush() {
        if (batch.isEmpty()) {
            return;
        }
        var full = batch;
        var bytes = batchBytes;
        batch = new ArrayList<>();
        batchBytes = 0;
        try {
            listener.beforeWrite(full.size(), bytes);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedRun();
        } catch (RuntimeException e) {
            throw new ListenerFailure(e);
        }
        write(full);
    }

    long written() {
        return written;
    }

    List<RefusedDocument> refused() {
        return refused;
    }

    /** Revisions that came with a stub for an attachment the target does not have; they are to be fetched whole. */
    List<RevisionRef> takeIncomplete() {
        var taken = List.copyOf(incomplete);
        incomplete.clear();
        return taken;
    }

    private void write(List<FetchedRevision.Found> revisions) {
        try {
            var rows = replication
                    .target()
                    .bulk()
                    .replicate(revisions.stream()
                            .map(FetchedRevision.Found::document)
                            .toList());
            written += revisions.size() - rows.size();
            rows.forEach(this::refused);
        } catch (CouchException e) {
            if (!aboutDocuments(e)) {
                throw Side.TARGET.failure(e);
            }
            if (revisions.size() > 1) {
                var half = revisions.size() / 2;
                write(revisions.subList(0, half));
                write(revisions.subList(half, revisions.size()));
            } else {
                alone(revisions.getFirst(), e);
            }
        }
    }

    /** Whether the failure may be that of one document in the batch: then the others are not to suffer. */
    private static boolean aboutDocuments(CouchException e) {
        return switch (e) {
            case CouchException.TooLarge _, CouchException.BadRequest _ -> true;
            case CouchException.ServerError failed -> failed.transientFailure();
            default -> false;
        };
    }

    private void alone(FetchedRevision.Found revision, CouchException e) {
        if (MISSING_STUB.equals(e.error())) {
            incomplete.add(new RevisionRef(revision.id(), revision.rev()));
            return;
        }
        var cause = switch (e) {
            case CouchException.TooLarge _ -> Cause.TOO_LARGE;
            case CouchException.ServerError _ -> Cause.SERVER;
            default -> Cause.INVALID;
        };
        if (cause == Cause.SERVER && ++serverFailures > SERVER_FAILURES) {
            throw Side.TARGET.failure(e);
        }
        refused.add(new RefusedDocument(revision.id(), revision.rev(), Side.TARGET, cause, e.error(), e.reason()));
    }

    private void refused(WriteOutcome.Refused row) {
        if (MISSING_STUB.equals(row.error())) {
            incomplete.add(new RevisionRef(row.id(), row.rev()));
        } else {
            refused.add(new RefusedDocument(row.id(), row.rev(), Side.TARGET, row.cause(), row.error(), row.reason()));
        }
    }
}
