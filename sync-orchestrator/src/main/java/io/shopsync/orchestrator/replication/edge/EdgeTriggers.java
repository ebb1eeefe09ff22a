package io.shopsync.orchestrator.replication.edge;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.work.DatabaseQueue;
import io.shopsync.orchestrator.work.WorkKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;

/** Makes databases due for an exchange, those alone whose shop has an edge. */
@ApplicationScoped
public class EdgeTriggers {

    private final EdgeStore edges;
    private final DatabaseQueue queue;

    EdgeTriggers(EdgeStore edges, DatabaseQueue queue) {
        this.edges = edges;
        this.queue = queue;
    }

    /** These have changed here. */
    public void changed(Collection<ShopDatabase> databases) {
        if (databases.isEmpty()) {
            return;
        }
        var having = edges.withEdges(databases.stream().map(ShopDatabase::shop).toList());
        queue.mark(
                WorkKind.EXCHANGE,
                databases.stream()
                        .filter(database -> having.contains(database.shop()))
                        .toList());
    }

    /** The shop is deleted: its edges' credentials are not kept, and whoever gets its id next has nothing to do with them. */
    public void forget(ShopId shop) {
        edges.deleteAll(shop);
    }
}
