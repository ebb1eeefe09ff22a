package io.shopsync.stack.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.contracts.Topic;
import io.shopsync.stack.process.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerTest {

    @Test
    void keepsRecordsAcrossARestartOnTheSameFolder(@TempDir Path folder) throws Exception {
        // Given
        int port = Ports.free();
        try (var first = KafkaServer.on(folder, port)) {
            send(first, "corner-shop", "hello");
        }
        // When
        try (var second = KafkaServer.on(folder, port)) {
            // Then
            assertThat(second.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            assertThat(valuesOf(second, "corner-shop")).containsExactly("hello");
        }
    }

    @Test
    void hasEveryTopicWithItsRetentionAndDeadLetters() throws Exception {
        try (var server = KafkaServer.temporary();
                var admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()))) {
            // When
            var names = admin.listTopics().names().get();
            // Then
            for (var topic : Topic.values()) {
                assertThat(names).contains(topic.topicName(), topic.deadLetters("audit-service"));
                assertThat(retention(admin, topic.topicName()))
                        .isEqualTo(Long.toString(topic.retention().toMillis()));
            }
        }
    }

    private static String retention(Admin admin, String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get("retention.ms")
                .value();
    }

    private static void send(KafkaServer server, String key, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", server.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topic.SHOPS.topicName(), 0, key, value))
                    .get();
        }
    }

    private static List<String> valuesOf(KafkaServer server, String key) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", server.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            var partition = List.of(new TopicPartition(Topic.SHOPS.topicName(), 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            return consumer.poll(Duration.ofSeconds(10)).records(partition.getFirst()).stream()
                    .filter(found -> key.equals(found.key()))
                    .map(found -> found.value())
                    .toList();
        }
    }
}
