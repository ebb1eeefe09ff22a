package io.shopsync.stack.kafka;

import io.shopsync.stack.container.Container;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A node in a container of Apache's own image. */
final class ContainedKafka implements KafkaServer {

    /** As in docker-compose.yml. */
    private static final String IMAGE = "apache/kafka:4.1.2";

    private static final int INSIDE = 9092;

    private final int port;
    private final Container container;

    ContainedKafka(int port) {
        this.port = port;
        container = new Container(IMAGE, port, INSIDE, environment());
        start();
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void start() {
        container.start();
        Topics.create(bootstrapServers());
    }

    @Override
    public void stop() {
        container.stop();
    }

    @Override
    public void close() {
        container.close();
    }

    /** The image takes each setting from a variable: its name in capitals, with underscores for dots. */
    private Map<String, String> environment() {
        return KafkaSettings.of("0.0.0.0:" + INSIDE, bootstrapServers(), "localhost:9093").entrySet().stream()
                .collect(Collectors.toMap(
                        setting -> "KAFKA_"
                                + setting.getKey().toUpperCase(Locale.ROOT).replace('.', '_'),
                        Map.Entry::getValue));
    }
}
