package io.shopsync.provisioning.platform;

import io.shopsync.contracts.Topic;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Puts records of {@code sync-events} aside that cannot be handled: unchanged, with the reason and where they stood in
 * the headers that the Kafka connector's own dead letters have.
 */
@ApplicationScoped
public class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private static final String TOPIC = Topic.SYNC_EVENTS.deadLetters("provisioning-service");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Emitter<byte[]> kafka;

    DeadLetters(@Channel("dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) Emitter<byte[]> kafka) {
        this.kafka = kafka;
    }

    /** A record that cannot be handled, and why. */
    public record Letter(ConsumerRecord<String, byte[]> received, String reason) {}

    /**
     * Returns when Kafka has acknowledged all letters.
     *
     * @throws IllegalStateException where it does not in time; the batch is to be tried again then
     */
    public void send(Collection<Letter> letters) {
        var acknowledged = letters.stream().map(this::send).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(acknowledged).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not take " + letters.size() + " dead letters", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while dead letters were sent", e);
        }
    }

    private CompletableFuture<Void> send(Letter letter) {
        var acknowledged = new CompletableFuture<Void>();
        var received = letter.received();
        LOG.errorf(
                "put aside %s-%d@%d: %s", received.topic(), received.partition(), received.offset(), letter.reason());
        var metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(TOPIC)
                .withKey(received.key())
                .withHeaders(headers(letter))
                .build();
        kafka.send(Message.of(
                received.value(),
                Metadata.of(metadata),
                () -> {
                    acknowledged.complete(null);
                    return CompletableFuture.completedFuture(null);
                },
                failure -> {
                    acknowledged.completeExceptionally(failure);
                    return CompletableFuture.completedFuture(null);
                }));
        return acknowledged;
    }

    private static RecordHeaders headers(Letter letter) {
        var received = letter.received();
        var headers = new RecordHeaders(received.headers());
        headers.add("dead-letter-reason", bytes(letter.reason()));
        headers.add("dead-letter-topic", bytes(received.topic()));
        headers.add("dead-letter-partition", bytes(Integer.toString(received.partition())));
        headers.add("dead-letter-offset", bytes(Long.toString(received.offset())));
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
