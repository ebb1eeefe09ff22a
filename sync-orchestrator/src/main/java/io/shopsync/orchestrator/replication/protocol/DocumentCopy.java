package io.shopsync.orchestrator.replication.protocol;

import io.shopsync.couchdb.CouchException;
import java.util.List;

/**
 * Copies documents by name, with all their leaves, whatever checkpoints say: those that a target refused before, or that
 * a comparison has found to be missing. The selector is not asked.
 */
public final class DocumentCopy {

    private final Replication replication;
    private final ReplicationListener listener;

    public DocumentCopy(Replication replication, ReplicationListener listener) {
        this.replication = replication;
        this.listener = listener;
    }

    /**
     * What was done; what was not is told to the listener.
     *
     * @throws CouchException as the failing side gave it
     */
    public Tally copy(List<String> ids) {
        try {
            var outcome = new PageCopy(replication, false, listener).copyDocuments(ids);
            if (!outcome.refused().isEmpty()) {
                listener.refused(outcome.refused());
            }
            return outcome.done();
        } catch (Side.Failure failure) {
            throw failure.reason();
        } catch (ListenerFailure failure) {
            throw failure.reason();
        }
    }
}
