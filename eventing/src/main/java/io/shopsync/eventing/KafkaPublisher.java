package io.shopsync.eventing;

import io.smallrye.reactive.messaging.kafka.KafkaProducer;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** Sends records and waits until Kafka has acknowledged all of them. */
final class KafkaPublisher {

    /** How long Kafka may take to acknowledge before the records count as not sent; they may arrive all the same. */
    static final Duration TIMEOUT = Duration.ofSeconds(20);

    private KafkaPublisher() {}

    /** A record to send. */
    record Outgoing(OutgoingKafkaRecordMetadata<String> record, byte[] value, Object... metadata) {

        private Metadata all() {
            var all = Metadata.of(metadata);
            return all.with(record);
        }
    }

    /**
     * Sends the records in their order.
     *
     * @param producer the emitter's: it is told that no more are to come, so that it does not linger
     * @throws IllegalStateException where Kafka does not acknowledge in time
     */
    static void publish(Emitter<byte[]> kafka, Collection<Outgoing> records, KafkaProducer<?, ?> producer)
            throws InterruptedException {
        var acknowledged = CompletableFuture.allOf(
                records.stream().map(record -> send(kafka, record)).toArray(CompletableFuture<?>[]::new));
        var flushed = producer.flush().subscribeAsCompletionStage();
        try {
            CompletableFuture.allOf(acknowledged, flushed).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not take " + records.size() + " records", e);
        }
    }

    private static CompletableFuture<Void> send(Emitter<byte[]> kafka, Outgoing outgoing) {
        var acknowledged = new CompletableFuture<Void>();
        kafka.send(Message.of(
                outgoing.value(),
                outgoing.all(),
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
}
