package io.shopsync.stack.testing;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.Event;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * All that is on a topic, as a test sees it: reads from the beginning in the background, and writes as another service
 * would. The codec is passed in ({@code EnvelopeCodec::encode, EnvelopeCodec::decode}).
 */
public final class EventLog implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final String topic;
    private final Encoder encoder;
    private final Decoder decoder;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> records = new CopyOnWriteArrayList<>();
    private final Thread reader;

    /** Makes a record's value of an envelope. */
    @FunctionalInterface
    public interface Encoder {
        byte[] encode(Envelope<?> envelope);
    }

    /** Reads a record's value. */
    @FunctionalInterface
    public interface Decoder {
        Envelope<?> decode(byte[] value) throws Exception;
    }

    private EventLog(String topic, String bootstrapServers, Encoder encoder, Decoder decoder) {
        this.topic = topic;
        this.encoder = encoder;
        this.decoder = decoder;
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringSerializer(),
                new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        this.reader = Thread.ofPlatform().daemon().name("event-log-" + topic).start(this::read);
    }

    /** Opens the log of {@code topic} in this JVM's {@link KafkaResource}. */
    public static EventLog of(Topic topic, Encoder encoder, Decoder decoder) {
        return of(topic.topicName(), KafkaResource.bootstrapServers(), encoder, decoder);
    }

    /** Opens the log of any topic, a dead-letter topic say, of any Kafka. */
    public static EventLog of(String topic, String bootstrapServers, Encoder encoder, Decoder decoder) {
        return new EventLog(topic, bootstrapServers, encoder, decoder);
    }

    /** Publishes an event as its service would, and waits until Kafka has it. */
    public void publish(Envelope<?> envelope) {
        publish(envelope.body().shop().value(), encoder.encode(envelope));
    }

    /** Publishes an event as a part of a trace. */
    public void publishTraced(Envelope<?> envelope, String traceparent) {
        var record = new ProducerRecord<>(topic, envelope.body().shop().value(), encoder.encode(envelope));
        record.headers().add("traceparent", traceparent.getBytes(StandardCharsets.US_ASCII));
        publish(record);
    }

    /** Publishes any bytes, as a broken or newer service would. */
    public void publish(String key, byte[] value) {
        publish(new ProducerRecord<>(topic, key, value));
    }

    private void publish(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The readable events of a shop seen so far, oldest first; for use inside {@code await().untilAsserted(…)}. */
    public List<Envelope<?>> of(ShopId shop) {
        return envelopes(envelope -> envelope.body().shop().equals(shop)).toList();
    }

    /** The events of one type of a shop seen so far, oldest first. */
    public <E extends Event> List<E> of(ShopId shop, Class<E> type) {
        return of(shop).stream()
                .map(Envelope::body)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Every record seen so far, readable or not. */
    public List<ConsumerRecord<String, byte[]>> records() {
        return List.copyOf(records);
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }

    private Stream<Envelope<?>> envelopes(Predicate<Envelope<?>> wanted) {
        return records.stream().<Envelope<?>>mapMulti((found, take) -> {
            try {
                var envelope = decoder.decode(found.value());
                if (wanted.test(envelope)) {
                    take.accept(envelope);
                }
            } catch (Exception unreadable) {
                // Some tests write such records on purpose, and look at them through records().
                return;
            }
        });
    }

    private void read() {
        try (consumer) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(EventLog::partition)
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                consumer.poll(POLL).forEach(records::add);
            }
        } catch (WakeupException e) {
            // Closed.
            return;
        }
    }

    private static TopicPartition partition(PartitionInfo info) {
        return new TopicPartition(info.topic(), info.partition());
    }
}
