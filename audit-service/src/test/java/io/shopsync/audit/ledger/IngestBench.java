package io.shopsync.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopsync.audit.Given;
import io.shopsync.audit.platform.Database;
import io.shopsync.contracts.Topic;
import io.shopsync.eventing.EnvelopeCodec;
import io.shopsync.stack.testing.JwtResource;
import io.shopsync.stack.testing.KafkaResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * How many events a second the ledger takes from Kafka, on a Postgres that flushes its commits. No test, and not run
 * with them: {@code mvn -pl audit-service -am test -Dtest=IngestBench -Dsurefire.failIfNoSpecifiedTests=false}.
 * Producer, broker and service share one JVM here, with the tests' compiler settings: the figure is a lower bound.
 */
@QuarkusTest
@WithTestResource(KafkaResource.class)
@WithTestResource(JwtResource.class)
@WithTestResource(FlushingPostgres.class)
class IngestBench {

    private static final int WARM_UP = 100_000;
    private static final int EVENTS = 300_000;
    private static final int SHOPS = 2_000;

    @Inject
    Database database;

    @Inject
    MeterRegistry registry;

    @Test
    void eventsASecond() {
        ingest(WARM_UP);
        var took = ingest(EVENTS);
        System.out.printf("ingest %,.0f events/s%n", EVENTS * 1000.0 / took.toMillis());
        assertThat(recorded()).isEqualTo(WARM_UP + EVENTS);
    }

    /** Publishes as fast as Kafka takes them while the service consumes; ends when the last one is in the ledger. */
    private Duration ingest(int count) {
        var before = taken();
        var shops = IntStream.range(0, SHOPS).mapToObj(i -> Given.shop()).toList();
        var start = Instant.now();
        try (var producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        KafkaResource.bootstrapServers(),
                        ProducerConfig.LINGER_MS_CONFIG,
                        20,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        200_000),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                var shop = shops.get(i % SHOPS);
                var _ = producer.send(new ProducerRecord<>(
                        Topic.SYNC_EVENTS.topicName(),
                        shop.value(),
                        EnvelopeCodec.encode(Given.event(Given.provisioned(shop)))));
            }
        }
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(taken()).isEqualTo(before + count));
        return Duration.between(start, Instant.now());
    }

    /** By the service's own count: counting the rows while they are written would slow the writing. */
    private double taken() {
        return registry.find("shopsync.audit.events").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private long recorded() {
        return database.query(connection -> {
            try (var count = connection.prepareStatement("select count(*) from ledger_event");
                    var result = count.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        });
    }
}
