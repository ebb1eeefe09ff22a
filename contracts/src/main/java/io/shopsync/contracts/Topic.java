package io.shopsync.contracts;

import java.time.Duration;
import java.util.Arrays;

/** The Kafka topics, all keyed by shop, with how long their records are kept. */
public enum Topic {
    /** Lifecycle facts and commands of shops. */
    SHOPS("shops", Retention.FOR_EVER),
    /** What the orchestrator did and saw. */
    SYNC_EVENTS("sync-events", Retention.FOR_EVER),
    /** One record a violation of isolation. */
    ISOLATION_FINDINGS("isolation-findings", Retention.FOR_EVER),
    /** Samples: documents, sizes, pending, throughput, lag. */
    SYNC_METRICS("sync-metrics", Duration.ofDays(7)),
    /** Wake-ups from the watcher: this database has changed. */
    DATABASE_CHANGES("database-changes", Duration.ofHours(1));

    private final String topicName;
    private final Duration retention;

    Topic(String topicName, Duration retention) {
        this.topicName = topicName;
        this.retention = retention;
    }

    /**
     * The topic of this name in Kafka.
     *
     * @throws IllegalArgumentException where it is none of ours
     */
    public static Topic named(String topicName) {
        return Arrays.stream(values())
                .filter(topic -> topic.topicName.equals(topicName))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("no topic of ours: " + topicName));
    }

    /** The topic's name in Kafka. */
    public String topicName() {
        return topicName;
    }

    /** How long a record is kept; negative means for ever, as Kafka's {@code retention.ms=-1}. */
    public Duration retention() {
        return retention;
    }

    /** Where {@code consumer} (a service's name) puts records of this topic that it could not handle. */
    public String deadLetters(String consumer) {
        return topicName + '-' + consumer + "-dead-letters";
    }

    /** How long a dead letter is kept. */
    public static Duration deadLetterRetention() {
        return Duration.ofDays(30);
    }

    private static final class Retention {
        static final Duration FOR_EVER = Duration.ofMillis(-1);
    }
}
