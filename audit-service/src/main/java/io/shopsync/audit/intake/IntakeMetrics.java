package io.shopsync.audit.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.shopsync.contracts.EventTypes;
import io.shopsync.contracts.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What the intake tells Prometheus. */
@ApplicationScoped
class IntakeMetrics {

    /** Events taken, by topic and type; one that is delivered twice counts twice. */
    static final String EVENTS = "shopsync.audit.events";

    /** Records put aside, by topic. */
    static final String DEAD_LETTERS = "shopsync.audit.dead.letters";

    /** How long a batch takes to be read and stored, by topic. */
    static final String BATCH = "shopsync.audit.batch";

    /** How long after it happened an event was stored, by topic. */
    static final String DELAY = "shopsync.audit.delay";

    private static final String UNKNOWN_TYPE = "unknown";

    private final MeterRegistry registry;

    IntakeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    Timer.Sample start() {
        return Timer.start(registry);
    }

    void taken(Timer.Sample sample, Topic topic, List<IncomingEvent> events, int refused) {
        sample.stop(histogram(BATCH, topic, Duration.ofMillis(1), Duration.ofSeconds(10)));
        registry.counter(DEAD_LETTERS, "topic", topic.topicName()).increment(refused);
        var delay = histogram(DELAY, topic, Duration.ofMillis(5), Duration.ofMinutes(10));
        var now = Instant.now();
        events.forEach(event -> delay.record(Duration.between(event.time(), now)));
        events.stream()
                .collect(Collectors.groupingBy(IntakeMetrics::knownType, Collectors.counting()))
                .forEach((type, count) -> registry.counter(EVENTS, "topic", topic.topicName(), "type", type)
                        .increment(count));
    }

    private Timer histogram(String name, Topic topic, Duration shortest, Duration longest) {
        return Timer.builder(name)
                .tag("topic", topic.topicName())
                .publishPercentileHistogram()
                .minimumExpectedValue(shortest)
                .maximumExpectedValue(longest)
                .register(registry);
    }

    /** A type as a label: publishers could otherwise make as many time series as they like. */
    private static String knownType(IncomingEvent event) {
        return EventTypes.byName(event.type()).isPresent() ? event.type() : UNKNOWN_TYPE;
    }
}
