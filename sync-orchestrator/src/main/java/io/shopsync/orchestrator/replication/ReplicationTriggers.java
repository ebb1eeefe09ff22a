package io.shopsync.orchestrator.replication;

import io.quarkus.scheduler.Scheduled;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.change.DatabaseChanged;
import io.shopsync.eventing.EventReader;
import io.shopsync.eventing.EventReader.Received;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.desired.WishesChanged;
import io.shopsync.orchestrator.reconcile.BeforeRemoval;
import io.shopsync.orchestrator.replication.edge.EdgeTriggers;
import io.shopsync.orchestrator.replication.engine.Engines;
import io.shopsync.orchestrator.replication.pair.PairLedger;
import io.shopsync.orchestrator.replication.standby.Standby;
import io.shopsync.orchestrator.replication.standby.StandbyPass;
import io.shopsync.orchestrator.work.DatabaseQueue;
import io.shopsync.orchestrator.work.WorkKind;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What makes databases due for replication: a change of theirs, a wish of their shop, and the full pass. */
@ApplicationScoped
class ReplicationTriggers implements BeforeRemoval {

    private final EventReader reader;
    private final DatabaseQueue queue;
    private final Standby standby;
    private final StandbyPass pass;
    private final PairLedger ledger;
    private final Engines engines;
    private final EdgeTriggers edges;

    ReplicationTriggers(
            EventReader reader,
            DatabaseQueue queue,
            Standby standby,
            StandbyPass pass,
            PairLedger ledger,
            Engines engines,
            EdgeTriggers edges) {
        this.reader = reader;
        this.queue = queue;
        this.standby = standby;
        this.pass = pass;
        this.ledger = ledger;
        this.engines = engines;
        this.edges = edges;
    }

    @Incoming("changes-to-replicate")
    @Blocking("changes-to-replicate")
    void on(ConsumerRecords<String, byte[]> records) {
        var changed = reader.read(records).stream()
                .flatMap(ReplicationTriggers::database)
                .toList();
        if (standby.exists()) {
            queue.mark(WorkKind.REPLICATE, changed);
        }
        edges.changed(changed);
    }

    /** In the transaction of the wish. The standby follows it whether or not the first CouchDB does: it may be away. */
    void on(@Observes WishesChanged wishes) {
        var databases = wishes.shops().stream()
                .flatMap(shop -> shop.databases().stream())
                .toList();
        if (standby.exists()) {
            queue.mark(WorkKind.REPLICATE, databases);
        }
        wishes.over().forEach(edges::forget);
        edges.changed(databases);
    }

    @Scheduled(every = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void passOverAll() {
        if (standby.answers()) {
            queue.mark(WorkKind.REPLICATE, pass.due());
        }
    }

    @Override
    public void before(DesiredShop shop) {
        // In this order: what begins meanwhile sees that its pair is forgotten.
        engines.halt(shop.shop());
        ledger.forget(shop.shop());
        engines.halt(shop.shop());
    }

    private static Stream<ShopDatabase> database(Received received) {
        return received.envelope().body() instanceof DatabaseChanged changed
                ? Stream.of(changed.database().of(changed.shop()))
                : Stream.empty();
    }
}
