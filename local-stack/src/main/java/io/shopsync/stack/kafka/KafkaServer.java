package io.shopsync.stack.kafka;

import io.shopsync.stack.process.Folders;
import io.shopsync.stack.process.Ports;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** One Kafka node in KRaft mode, broker and controller at once, inside this JVM, with the topics of {@link Topics}. */
public final class KafkaServer implements AutoCloseable {

    private static final int NODE_ID = 1;
    private static final String CONTROLLER = "CONTROLLER";
    private static final String BROKER = "PLAINTEXT";

    private final Path data;
    private final boolean temporary;
    private final int port;
    private KafkaRaftServer server;

    private KafkaServer(Path data, boolean temporary, int port) {
        this.data = data;
        this.temporary = temporary;
        this.port = port;
    }

    /** A running node on a free port; its data goes with it. */
    public static KafkaServer temporary() {
        var server = new KafkaServer(Folders.temporary("kafka"), true, Ports.free());
        server.start();
        return server;
    }

    /** A running node that goes on with the data in {@code folder}, or begins there. */
    public static KafkaServer on(Path folder, int port) {
        var server = new KafkaServer(folder, false, port);
        server.start();
        return server;
    }

    /** Where clients connect: {@code host:port}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Starts (again) after {@link #stop()}, on the same port and data. */
    public void start() {
        var config = new KafkaConfig(configuration());
        format();
        server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
        Topics.create(bootstrapServers());
    }

    /** Stops the node and keeps its data. */
    public void stop() {
        Optional.ofNullable(server).ifPresent(running -> {
            running.shutdown();
            running.awaitShutdown();
        });
        server = null;
    }

    @Override
    public void close() {
        stop();
        if (temporary) {
            Folders.delete(data);
        }
    }

    private void format() {
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE_ID)
                    .setControllerListenerName(CONTROLLER)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setMetadataLogDirectory(data.toString())
                    .addDirectory(data.toString())
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("Kafka's data folder could not be made: " + data, e);
        }
    }

    private Map<String, String> configuration() {
        // The controller is reached by this JVM alone, so its port may be another at each start.
        int controllerPort = Ports.free();
        var config = new HashMap<String, String>();
        config.put("process.roles", "broker,controller");
        config.put("node.id", Integer.toString(NODE_ID));
        config.put("log.dirs", data.toString());
        config.put(
                "listeners", "%s://127.0.0.1:%d,%s://127.0.0.1:%d".formatted(BROKER, port, CONTROLLER, controllerPort));
        config.put("listener.security.protocol.map", BROKER + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        config.put("inter.broker.listener.name", BROKER);
        config.put("controller.listener.names", CONTROLLER);
        config.put("controller.quorum.voters", "%d@127.0.0.1:%d".formatted(NODE_ID, controllerPort));
        config.put("auto.create.topics.enable", "false");
        for (var internal : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            config.put(internal + ".replication.factor", "1");
        }
        config.put("transaction.state.log.min.isr", "1");
        config.put("share.coordinator.state.topic.min.isr", "1");
        config.put("offsets.topic.num.partitions", "4");
        config.put("transaction.state.log.num.partitions", "4");
        // A lone consumer need not wait for others to join its group.
        config.put("group.initial.rebalance.delay.ms", "0");
        // After a kill -9 the node waits for its own old registration to expire: 3 s rather than 9.
        config.put("broker.session.timeout.ms", "3000");
        config.put("broker.heartbeat.interval.ms", "500");
        config.put("log.segment.bytes", Integer.toString(64 << 20));
        config.put("log.index.size.max.bytes", Integer.toString(1 << 20));
        return config;
    }
}
