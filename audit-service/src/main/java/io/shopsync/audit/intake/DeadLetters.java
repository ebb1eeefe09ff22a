package io.shopsync.audit.intake;

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
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * Puts records aside that cannot be handled: unchanged, with the reason and where they stood in the headers that the
 * Kafka connector's own dead letters have.
 */
@ApplicationScoped
class DeadLetters {

    static final String CONSUMER = "audit-service";
    static final String REASON = "dead-letter-reason";
    static final String TOPIC = "dead-letter-topic";
    static final String PARTITION = "dead-letter-partition";
    static final String OFFSET = "dead-letter-offset";

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Emitter<byte[]> kafka;

    DeadLetters(@Channel("dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) Emitter<byte[]> kafka) {
        this.kafka = kafka;
    }

    /**
     * Returns when Kafka has acknowledged all letters.
     *
     * @throws IllegalStateException where it does not within {@link #TIMEOUT}
     */
    void send(Topic topic, Collection<DeadLetter> letters) {
        var acknowledged = letters.stream().map(letter -> send(topic, letter)).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(acknowledged).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not take " + letters.size() + " dead letters", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while dead letters were sent", e);
        }
    }

    private CompletableFuture<Void> send(Topic topic, DeadLetter letter) {
        var acknowledged = new CompletableFuture<Void>();
        var metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(topic.deadLetters(CONSUMER))
                .withKey(letter.record().key())
                .withHeaders(headers(letter))
                .build();
        kafka.send(Message.of(
                letter.record().value(),
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

    private static RecordHeaders headers(DeadLetter letter) {
        var headers = new RecordHeaders(letter.record().headers());
        headers.add(REASON, bytes(letter.reason()));
        headers.add(TOPIC, bytes(letter.record().topic()));
        headers.add(PARTITION, bytes(Integer.toString(letter.record().partition())));
        headers.add(OFFSET, bytes(Long.toString(letter.record().offset())));
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
