package io.shopsync.orchestrator.isolation;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.change.DatabaseChanged;
import io.shopsync.eventing.EventReader;
import io.shopsync.eventing.EventReader.Received;
import io.shopsync.orchestrator.work.DatabaseQueue;
import io.shopsync.orchestrator.work.WorkKind;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Notes wake-ups as scans that are due; the note is committed before the records are acknowledged. */
@ApplicationScoped
class ChangeConsumer {

    private final EventReader reader;
    private final DatabaseQueue queue;

    ChangeConsumer(EventReader reader, DatabaseQueue queue) {
        this.reader = reader;
        this.queue = queue;
    }

    @Incoming("changes-to-scan")
    @Blocking("changes-to-scan")
    void on(ConsumerRecords<String, byte[]> records) {
        queue.mark(
                WorkKind.SCAN,
                reader.read(records).stream().flatMap(ChangeConsumer::database).toList());
    }

    private static Stream<ShopDatabase> database(Received received) {
        return received.envelope().body() instanceof DatabaseChanged changed
                ? Stream.of(changed.database().of(changed.shop()))
                : Stream.empty();
    }
}
