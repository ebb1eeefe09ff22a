package io.shopsync.stack.kafka;

import io.shopsync.stack.process.Folders;
import io.shopsync.stack.process.Ports;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A node inside this JVM. */
final class EmbeddedKafka implements KafkaServer {

    private final Path data;
    private final boolean temporary;
    private final int port;
    private KafkaRaftServer server;

    private EmbeddedKafka(Path data, boolean temporary, int port) {
        this.data = data;
        this.temporary = temporary;
        this.port = port;
        start();
    }

    static EmbeddedKafka temporary() {
        return new EmbeddedKafka(Folders.temporary("kafka"), true, Ports.free());
    }

    static EmbeddedKafka on(Path folder, int port) {
        return new EmbeddedKafka(folder, false, port);
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void start() {
        var config = new KafkaConfig(settings());
        format();
        server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
        Topics.create(bootstrapServers());
    }

    @Override
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
                    .setNodeId(KafkaSettings.NODE_ID)
                    .setControllerListenerName(KafkaSettings.CONTROLLER)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setMetadataLogDirectory(data.toString())
                    .addDirectory(data.toString())
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("Kafka's data folder could not be made: " + data, e);
        }
    }

    private Map<String, String> settings() {
        // The controller is reached by this JVM alone, so its port may be another at each start.
        int controllerPort = Ports.free();
        var settings = KafkaSettings.of("127.0.0.1:" + port, bootstrapServers(), "127.0.0.1:" + controllerPort);
        settings.put("log.dirs", data.toString());
        return settings;
    }
}
