package io.shopsync.orchestrator.sync.device;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.change.DatabaseChanged;
import io.shopsync.eventing.EventReader;
import io.shopsync.eventing.EventReader.Received;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Has databases that changed looked at; those that did not are left alone. */
@ApplicationScoped
class ChangeConsumer {

    private final EventReader reader;
    private final LookQueue queue;

    ChangeConsumer(EventReader reader, LookQueue queue) {
        this.reader = reader;
        this.queue = queue;
    }

    @Incoming("changes-to-look-at")
    @Blocking("changes-to-look-at")
    void on(ConsumerRecords<String, byte[]> records) {
        queue.wake(
                reader.read(records).stream().flatMap(ChangeConsumer::database).toList());
    }

    private static Stream<ShopDatabase> database(Received received) {
        return received.envelope().body() instanceof DatabaseChanged changed
                ? Stream.of(changed.database().of(changed.shop()))
                : Stream.empty();
    }
}
