package io.shopsync.orchestrator.isolation;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.couchdb.changes.ChangesQuery;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.security.Guard;
import io.shopsync.orchestrator.work.DatabaseQueue;
import io.shopsync.orchestrator.work.WorkKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;

/** Looks at all of a database, from its first change on, and changes nothing itself. */
@ApplicationScoped
public class CompleteScan {

    private final Couch couch;
    private final LocalDocumentScan localDocuments;
    private final ScanStates states;
    private final DatabaseQueue queue;
    private final IsolationConfig config;

    CompleteScan(
            Couch couch,
            LocalDocumentScan localDocuments,
            ScanStates states,
            DatabaseQueue queue,
            IsolationConfig config) {
        this.couch = couch;
        this.localDocuments = localDocuments;
        this.states = states;
        this.queue = queue;
        this.config = config;
    }

    /**
     * What a database holds.
     *
     * @param documents how many documents, the guard among them
     * @param foreign how many documents and leaf revisions do not belong there
     * @param foreignLocal how many {@code _local} documents carry another shop's id
     */
    public record Found(long documents, long foreign, long foreignLocal) {
        /** Whether all of it belongs there. */
        public boolean clean() {
            return foreign == 0 && foreignLocal == 0;
        }
    }

    /** Counts what does not belong; where there is any, the workers are set on the whole database. */
    public Found look(ShopDatabase database) {
        var found = new Found(
                couch.ask(server -> server.database(database.physicalName()).info())
                        .documents(),
                foreign(database),
                localDocuments.foreign(database).size());
        if (!found.clean()) {
            restart(List.of(database));
        }
        return found;
    }

    /** Has the workers scan all of the databases, from their first change on. */
    @Transactional
    public void restart(Collection<ShopDatabase> databases) {
        databases.forEach(states::forget);
        queue.mark(WorkKind.SCAN, databases);
    }

    private long foreign(ShopDatabase database) {
        long foreign = 0;
        var query = ChangesQuery.since(ChangesQuery.BEGINNING)
                .withAllLeaves()
                .matching(ForeignSelector.of(database.shop()))
                .limit(config.batch());
        while (true) {
            var next = query;
            var page = couch.ask(
                    server -> server.database(database.physicalName()).changes().page(next));
            foreign += page.changes().stream()
                    .filter(change -> !change.id().equals(Guard.ID))
                    .mapToInt(change -> change.revs().size())
                    .sum();
            if (page.changes().size() < config.batch()) {
                return foreign;
            }
            query = query.from(page.lastSeq());
        }
    }
}
