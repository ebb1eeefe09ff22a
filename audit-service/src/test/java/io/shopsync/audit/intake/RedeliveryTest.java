package io.shopsync.audit.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.audit.Api;
import io.shopsync.audit.AuditTest;
import io.shopsync.audit.Given;
import io.shopsync.audit.ledger.Ledger;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.Topic;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.eventing.EnvelopeCodec;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

@AuditTest
class RedeliveryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Intake intake;

    @Inject
    Ledger ledger;

    @Test
    void storesOnceWhatIsDeliveredAgainBecauseTheAcknowledgementWasLost() {
        // Given
        var shop = Given.shop();
        var batch = List.of(Given.event(Given.created(shop)), Given.event(new ShopEvent.SyncEnabled(shop)));
        // When
        intake.take(Topic.SHOPS, records(batch), ledger).await().atMost(PATIENCE);
        intake.take(Topic.SHOPS, records(batch), ledger).await().atMost(PATIENCE);
        // Then
        assertThat(Api.items("/api/v1/events?shop=" + shop)).hasSize(2);
    }

    @Test
    void triesAgainUntilTheBatchIsStored() {
        // Given
        var shop = Given.shop();
        var tries = new AtomicInteger();
        EventStore failsAfterStoring = events -> {
            ledger.store(events);
            if (tries.incrementAndGet() < 3) {
                throw new IllegalStateException("the connection broke after the commit");
            }
        };
        // When
        intake.take(Topic.SHOPS, records(List.of(Given.event(Given.created(shop)))), failsAfterStoring)
                .await()
                .atMost(PATIENCE);
        // Then
        assertThat(tries).hasValue(3);
        assertThat(Api.items("/api/v1/events?shop=" + shop)).hasSize(1);
    }

    private static ConsumerRecords<String, byte[]> records(List<? extends Envelope<?>> envelopes) {
        var partition = new TopicPartition("shops", 0);
        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        for (var envelope : envelopes) {
            records.add(new ConsumerRecord<>(
                    "shops", 0, records.size(), envelope.body().shop().value(), EnvelopeCodec.encode(envelope)));
        }
        return new ConsumerRecords<>(Map.of(partition, records), Map.of());
    }
}
