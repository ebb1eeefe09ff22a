package io.shopsync.provisioning.shop;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.eventing.DeadLetters;
import io.shopsync.eventing.EventReader;
import io.shopsync.eventing.EventReader.Received;
import io.shopsync.provisioning.platform.Failures;
import io.shopsync.provisioning.platform.MetricNames;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Reads {@code sync-events}, a batch at a time and in order. A batch is acknowledged when all of it is stored or put
 * aside; while Postgres is away it is tried again.
 */
@Startup
@ApplicationScoped
class SyncEventConsumer {

    private static final Logger LOG = Logger.getLogger(SyncEventConsumer.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration[] OBJECTIVES = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(30)
    };

    private final EventReader reader;
    private final SyncEventHandler handler;
    private final DeadLetters deadLetters;
    private final ExecutorService executor;
    private final Timer signupToReady;
    private volatile boolean stopping;

    SyncEventConsumer(
            EventReader reader,
            SyncEventHandler handler,
            DeadLetters deadLetters,
            ExecutorService executor,
            MeterRegistry metrics) {
        this.reader = reader;
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.executor = executor;
        this.signupToReady = Timer.builder(MetricNames.SIGNUP_TO_READY)
                .description("Time from an accepted signup to its shop's first READY")
                .serviceLevelObjectives(OBJECTIVES)
                .register(metrics);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /** Completes when the batch is done with; never, where the service stops first: Kafka delivers it again then. */
    @Incoming("sync-events")
    Uni<Void> take(ConsumerRecords<String, byte[]> batch) {
        // Read once: what is put aside must not be put aside again whenever Postgres is tried again.
        return untilItSucceeds(() -> read(batch))
                .chain(events -> untilItSucceeds(() -> {
                    apply(events);
                    return null;
                }));
    }

    private <T> Uni<T> untilItSucceeds(Supplier<T> work) {
        return Uni.createFrom()
                .item(work)
                .runSubscriptionOn(executor)
                .onFailure()
                .invoke(failure -> LOG.warnf(failure, "sync-events wait in Kafka and are tried again"))
                .onFailure(_ -> !stopping)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .onFailure()
                .recoverWithUni(Uni.createFrom().nothing());
    }

    private List<Received> read(ConsumerRecords<String, byte[]> batch) {
        var readable = reader.read(batch);
        readable.stream()
                .filter(received -> !isOurs(received))
                .forEach(received -> deadLetters.send(
                        received.record(),
                        received.envelope().body().getClass().getSimpleName() + " does not belong here"));
        return readable.stream().filter(SyncEventConsumer::isOurs).toList();
    }

    private static boolean isOurs(Received received) {
        return received.envelope().body() instanceof SyncEvent;
    }

    /** Applies the events; one that cannot be applied, whenever it is tried, is found by halving and put aside. */
    private void apply(List<Received> received) {
        try {
            handler.apply(received.stream().map(SyncEventConsumer::syncEvent).toList())
                    .forEach(signupToReady::record);
        } catch (RuntimeException e) {
            if (!Failures.isLasting(e)) {
                throw e;
            }
            if (received.size() == 1) {
                deadLetters.send(received.getFirst().record(), "cannot be applied: " + e);
                return;
            }
            var half = received.size() / 2;
            apply(received.subList(0, half));
            apply(received.subList(half, received.size()));
        }
    }

    @SuppressWarnings("unchecked") // isOurs has looked at the body
    private static Envelope<SyncEvent> syncEvent(Received received) {
        return (Envelope<SyncEvent>) received.envelope();
    }
}
