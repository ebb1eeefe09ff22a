package io.shopsync.system;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What is on the topics of lasting facts, read once from the beginning to the present end.
 *
 * @param ids of events, by shop; an event that was published twice is there once
 */
record PublishedEvents(Map<String, Set<String>> ids) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<Topic> LASTING = List.of(Topic.SHOPS, Topic.SYNC_EVENTS, Topic.ISOLATION_FINDINGS);
    private static final Duration POLL = Duration.ofMillis(500);

    static PublishedEvents read(String bootstrapServers) throws IOException {
        var ids = new HashMap<String, Set<String>>();
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = LASTING.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (var found : consumer.poll(POLL)) {
                    var id = JSON.readTree(found.value()).get("id").asText();
                    ids.computeIfAbsent(found.key(), shop -> new TreeSet<>()).add(id);
                }
            }
        }
        return new PublishedEvents(ids);
    }

    /** The ids of a shop's events; there is at least its signup. */
    Set<String> idsOf(ShopId shop) {
        return ids.get(shop.value());
    }
}
