package io.shopsync.orchestrator.replication.engine;

import io.shopsync.couchdb.document.WriteOutcome.Cause;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.Refusals;
import io.shopsync.orchestrator.replication.protocol.DocumentCopy;
import io.shopsync.orchestrator.replication.protocol.RefusedDocument;
import io.shopsync.orchestrator.replication.protocol.Replication;
import io.shopsync.orchestrator.replication.protocol.ReplicationListener;
import io.shopsync.orchestrator.security.SecurityPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Keeps refused documents in mind and tries them again. */
@ApplicationScoped
public class RefusedDocuments {

    /** Nothing is refused. */
    public static final Refusals.Stand NONE = new Refusals.Stand(0, 0);

    private static final int AT_A_TIME = 200;

    private final Refusals refusals;
    private final String guard;
    private final Duration firstRetry;

    RefusedDocuments(Refusals refusals, SecurityPolicy policy, ReplicationConfig config) {
        this.refusals = refusals;
        this.guard = policy.fingerprint();
        this.firstRetry = config.firstRetryOfDocuments();
    }

    /** Notes what was refused just now. */
    public void note(PairId pair, List<RefusedDocument> documents) {
        refusals.note(pair, documents.stream().map(RefusedDocuments::note).toList(), guard);
    }

    /** Tries those again whose time has come; what is still refused is noted anew, the rest is forgotten. */
    public void tryAgain(PairId pair, Replication replication) {
        var due = refusals.due(pair, guard, firstRetry, AT_A_TIME);
        if (due.isEmpty()) {
            return;
        }
        var began = System.nanoTime();
        new DocumentCopy(replication, new ReplicationListener() {
                    @Override
                    public void refused(List<RefusedDocument> documents) {
                        note(pair, documents);
                    }
                })
                .copy(due);
        refusals.settle(pair, due, Duration.ofNanos(System.nanoTime() - began));
    }

    /** How much of a pair is refused. */
    public Refusals.Stand stand(PairId pair) {
        return refusals.of(pair);
    }

    /** A pair begins from the start. */
    public void forget(PairId pair) {
        refusals.forget(pair);
    }

    private static Refusals.Note note(RefusedDocument document) {
        return new Refusals.Note(
                document.id(),
                document.rev(),
                document.side().name(),
                document.cause().name(),
                document.error(),
                document.reason(),
                // It will not become smaller, nor better formed: only another guard or limit can help.
                document.cause() == Cause.TOO_LARGE || document.cause() == Cause.INVALID);
    }
}
