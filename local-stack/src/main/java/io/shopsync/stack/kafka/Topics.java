package io.shopsync.stack.kafka;

import io.shopsync.contracts.Topic;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Every topic with its partitions and retention: nothing else in ShopSync creates one. */
public final class Topics {

    /** Work on shops spreads over this many replicas of a service at most. */
    public static final int PARTITIONS = 6;

    private static final short ONE_REPLICA = 1;

    /** Who reads what, and so who may have to put a record aside. */
    private static final Map<String, List<Topic>> READERS = Map.of(
            "provisioning-service", List.of(Topic.SYNC_EVENTS),
            "sync-orchestrator", List.of(Topic.SHOPS, Topic.DATABASE_CHANGES),
            "audit-service", List.of(Topic.values()));

    private Topics() {}

    /**
     * Creates those that are missing; safe to repeat.
     *
     * @param bootstrapServers host:port of the cluster
     * @throws IllegalStateException where Kafka refuses or cannot be reached
     */
    public static void create(String bootstrapServers) {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            for (var created : admin.createTopics(all().toList()).values().entrySet()) {
                await(created.getKey(), created.getValue());
            }
        }
    }

    private static Stream<NewTopic> all() {
        var facts = Arrays.stream(Topic.values()).map(topic -> topic(topic.topicName(), PARTITIONS, topic.retention()));
        var deadLetters = READERS.entrySet().stream()
                .flatMap(reader -> reader.getValue().stream().map(topic -> topic.deadLetters(reader.getKey())))
                .map(name -> topic(name, 1, Topic.deadLetterRetention()));
        return Stream.concat(facts, deadLetters);
    }

    private static NewTopic topic(String name, int partitions, Duration retention) {
        long millis = retention.isNegative() ? -1 : retention.toMillis();
        return new NewTopic(name, partitions, ONE_REPLICA)
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(millis)));
    }

    private static void await(String topic, org.apache.kafka.common.KafkaFuture<Void> creation) {
        try {
            creation.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("topic " + topic + " could not be created", e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topics were created", e);
        }
    }
}
