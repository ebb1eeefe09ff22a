package io.shopsync.eventing;

import io.micrometer.core.instrument.MeterRegistry;
import io.shopsync.contracts.Topic;
import io.shopsync.eventing.KafkaPublisher.Outgoing;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Puts records aside that cannot be handled: unchanged, with the reason and where they stood in the headers that the
 * Kafka connector's own dead letters have. They go to the topic that {@link Topic#deadLetters}
 * names for this service.
 */
@ApplicationScoped
public class DeadLetters {

    /** Records put aside, counted by topic. */
    static final String METRIC = "shopsync.dead.letters";

    private static final String CHANNEL = "dead-letters";
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final String service;
    private final Emitter<byte[]> kafka;
    private final KafkaClientService clients;
    private final MeterRegistry metrics;

    DeadLetters(
            @ConfigProperty(name = "quarkus.application.name") String service,
            @Channel(CHANNEL) @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) Emitter<byte[]> kafka,
            KafkaClientService clients,
            MeterRegistry metrics) {
        this.service = service;
        this.kafka = kafka;
        this.clients = clients;
        this.metrics = metrics;
    }

    /**
     * Returns when Kafka has acknowledged the letter, so that the record may be acknowledged.
     *
     * @throws IllegalStateException where Kafka does not take it in time: the record must be read again
     */
    public void send(ConsumerRecord<String, byte[]> letter, String reason) {
        LOG.warnf("put aside %s-%d@%d: %s", letter.topic(), letter.partition(), letter.offset(), reason);
        var metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(Topic.named(letter.topic()).deadLetters(service))
                .withKey(letter.key())
                .withHeaders(headers(letter, reason))
                .build();
        try {
            KafkaPublisher.publish(
                    kafka, List.of(new Outgoing(metadata, letter.value())), clients.getProducer(CHANNEL));
            metrics.counter(METRIC, "topic", letter.topic()).increment();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a dead letter was sent", e);
        }
    }

    private static RecordHeaders headers(ConsumerRecord<String, byte[]> letter, String reason) {
        var headers = new RecordHeaders(letter.headers());
        headers.add("dead-letter-reason", bytes(reason));
        headers.add("dead-letter-topic", bytes(letter.topic()));
        headers.add("dead-letter-partition", bytes(Integer.toString(letter.partition())));
        headers.add("dead-letter-offset", bytes(Long.toString(letter.offset())));
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
