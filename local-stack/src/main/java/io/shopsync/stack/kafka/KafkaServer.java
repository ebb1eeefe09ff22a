package io.shopsync.stack.kafka;

import io.shopsync.stack.container.Container;
import io.shopsync.stack.process.Ports;
import java.nio.file.Path;

/** One Kafka node in KRaft mode, broker and controller at once, with the topics of {@link Topics}. */
public interface KafkaServer extends AutoCloseable {

    /** Where clients connect: {@code host:port}. */
    String bootstrapServers();

    /** Starts (again) after {@link #stop()}, on the same port and data. */
    void start();

    /** Stops the node and keeps its data. */
    void stop();

    @Override
    void close();

    /** A running node on a free port; its data goes with it. */
    static KafkaServer temporary() {
        return Container.wanted() ? new ContainedKafka(Ports.free()) : EmbeddedKafka.temporary();
    }

    /** A running node that goes on with the data in {@code folder}, or begins there. A container keeps its data itself. */
    static KafkaServer on(Path folder, int port) {
        return Container.wanted() ? new ContainedKafka(port) : EmbeddedKafka.on(folder, port);
    }
}
