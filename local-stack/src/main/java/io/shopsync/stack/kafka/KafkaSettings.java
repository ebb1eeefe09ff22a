package io.shopsync.stack.kafka;

import java.util.HashMap;
import java.util.Map;

/** The settings of a lone node that is to be quick rather than frugal. */
final class KafkaSettings {

    static final int NODE_ID = 1;
    static final String CONTROLLER = "CONTROLLER";

    private static final String BROKER = "PLAINTEXT";

    private KafkaSettings() {}

    /**
     * Changeable.
     *
     * @param listener {@code host:port} where the broker listens
     * @param advertised {@code host:port} where clients reach it
     * @param controller {@code host:port} of the node's own controller
     */
    static Map<String, String> of(String listener, String advertised, String controller) {
        var config = new HashMap<String, String>();
        config.put("process.roles", "broker,controller");
        config.put("node.id", Integer.toString(NODE_ID));
        config.put("listeners", "%s://%s,%s://%s".formatted(BROKER, listener, CONTROLLER, controller));
        config.put("advertised.listeners", "%s://%s".formatted(BROKER, advertised));
        config.put("listener.security.protocol.map", BROKER + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        config.put("inter.broker.listener.name", BROKER);
        config.put("controller.listener.names", CONTROLLER);
        config.put("controller.quorum.voters", NODE_ID + "@" + controller);
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
