package io.shopsync.audit.ledger;

import io.shopsync.audit.intake.Intake;
import io.shopsync.contracts.Topic;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Listens to the topics whose facts are recorded and no more. Findings and samples have consumers of their own; wake-ups
 * ({@link Topic#DATABASE_CHANGES}) are no facts, come late or twice by their nature, and are not recorded.
 */
@ApplicationScoped
class LedgerConsumer {

    private final Intake intake;
    private final Ledger ledger;

    LedgerConsumer(Intake intake, Ledger ledger) {
        this.intake = intake;
        this.ledger = ledger;
    }

    @Incoming("shops")
    Uni<Void> shops(ConsumerRecords<String, byte[]> batch) {
        return intake.take(Topic.SHOPS, batch, ledger);
    }

    @Incoming("sync-events")
    Uni<Void> syncEvents(ConsumerRecords<String, byte[]> batch) {
        return intake.take(Topic.SYNC_EVENTS, batch, ledger);
    }
}
