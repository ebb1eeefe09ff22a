package io.shopsync.stack.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.shopsync.stack.kafka.KafkaServer;
import java.util.Map;

/** Kafka with every topic; sets {@code kafka.bootstrap.servers}. */
public final class KafkaResource implements QuarkusTestResourceLifecycleManager {

    /** Where this JVM's Kafka is, started at the first call. */
    public static String bootstrapServers() {
        return Shared.once("kafka", () -> {
            var server = KafkaServer.temporary();
            Shared.closeAtExit(server);
            return server.bootstrapServers();
        });
    }

    @Override
    public Map<String, String> start() {
        return Map.of("kafka.bootstrap.servers", bootstrapServers());
    }

    @Override
    public void stop() {
        // Kept for the next test profile; it ends with the JVM.
    }
}
