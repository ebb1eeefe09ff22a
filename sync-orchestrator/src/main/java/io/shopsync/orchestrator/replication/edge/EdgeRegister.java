package io.shopsync.orchestrator.replication.edge;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.eventing.Outbox;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.replication.pair.PairLedger;
import io.shopsync.orchestrator.work.DatabaseQueue;
import io.shopsync.orchestrator.work.WorkKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sets and removes edges, each with the event that tells who asked for it. */
@ApplicationScoped
class EdgeRegister {

    private static final String SOURCE = "/sync-orchestrator/replication";

    private final EdgeStore edges;
    private final PairLedger ledger;
    private final DatabaseQueue queue;
    private final Outbox outbox;

    EdgeRegister(EdgeStore edges, PairLedger ledger, DatabaseQueue queue, Outbox outbox) {
        this.edges = edges;
        this.ledger = ledger;
        this.queue = queue;
        this.outbox = outbox;
    }

    /** Sets an edge, and has its databases exchanged now; pairs it no longer has end. */
    @Transactional
    public Edge set(DesiredShop shop, String name, EdgeRequest request, String by) {
        var edge = edges.put(
                shop.shop(),
                name,
                URI.create(request.url()),
                request.username(),
                request.password(),
                request.direction().direction(),
                request.databaseNames(),
                by);
        ledger.forget(shop.shop(), name);
        queue.mark(
                WorkKind.EXCHANGE,
                edge.of(shop.catalogue().current()).stream()
                        .map(database -> database.of(shop.shop()))
                        .toList());
        tell(
                new SyncEvent.EdgeSet(
                        shop.shop(), name, request.url(), request.direction().direction(), request.databaseNames()),
                by);
        return edge;
    }

    /** Ends the exchange with an edge; what it holds stays there. False where there is none of that name. */
    @Transactional
    public boolean remove(ShopId shop, String name, String by) {
        if (!edges.delete(shop, name)) {
            return false;
        }
        ledger.forget(shop, name);
        tell(new SyncEvent.EdgeRemoved(shop, name), by);
        return true;
    }

    Optional<Edge> find(ShopId shop, String name) {
        return edges.find(shop, name);
    }

    List<Edge> of(ShopId shop) {
        return edges.of(shop);
    }

    boolean sealsPasswords() {
        return edges.sealsPasswords();
    }

    private void tell(SyncEvent event, String by) {
        outbox.publish(Envelope.of(SOURCE, Instant.now(), event).askedBy(by));
    }
}
