package io.shopsync.provisioning.shop;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.virtual.threads.VirtualThreads;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.eventing.EnvelopeCodec;
import io.shopsync.eventing.UnreadableEvent;
import io.shopsync.provisioning.platform.DeadLetters;
import io.shopsync.provisioning.platform.Failures;
import io.shopsync.provisioning.platform.MetricNames;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Reads {@code sync-events}, a batch at a time and in order. A batch is acknowledged when all of it is stored or put
 * aside; while Postgres is away it is tried again.
 */
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

    private final SyncEventHandler handler;
    private final DeadLetters deadLetters;
    private final ExecutorService executor;
    private final Timer signupToReady;
    private volatile boolean stopping;

    SyncEventConsumer(
            SyncEventHandler handler,
            DeadLetters deadLetters,
            @VirtualThreads ExecutorService executor,
            MeterRegistry metrics) {
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
        return Uni.createFrom()
                .voidItem()
                .invoke(() -> takeOnce(batch))
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

    private void takeOnce(ConsumerRecords<String, byte[]> batch) {
        var refused = new ArrayList<DeadLetters.Letter>();
        var readable = new ArrayList<Received>(batch.count());
        for (var received : batch) {
            try {
                readable.add(new Received(received, read(received)));
            } catch (UnreadableEvent e) {
                refused.add(new DeadLetters.Letter(received, e.getMessage()));
            }
        }
        apply(readable, refused);
        deadLetters.send(refused);
    }

    private static Envelope<SyncEvent> read(ConsumerRecord<String, byte[]> received) throws UnreadableEvent {
        var envelope = EnvelopeCodec.decode(received.value());
        if (envelope.body() instanceof SyncEvent body) {
            return new Envelope<>(
                    envelope.id(), envelope.source(), envelope.time(), envelope.cause(), envelope.actor(), body);
        }
        throw new UnreadableEvent(
                envelope.body().getClass().getSimpleName() + " does not belong on " + received.topic());
    }

    /** Applies the events; one that cannot be applied, whenever it is tried, is found by halving and put aside. */
    private void apply(List<Received> received, List<DeadLetters.Letter> refused) {
        try {
            var durations = handler.apply(received.stream().map(Received::event).toList());
            durations.forEach(signupToReady::record);
        } catch (RuntimeException e) {
            if (!Failures.isLasting(e)) {
                throw e;
            }
            if (received.size() == 1) {
                refused.add(new DeadLetters.Letter(received.getFirst().record(), "cannot be applied: " + e));
                return;
            }
            var half = received.size() / 2;
            apply(received.subList(0, half), refused);
            apply(received.subList(half, received.size()), refused);
        }
    }

    private record Received(ConsumerRecord<String, byte[]> record, Envelope<SyncEvent> event) {}
}
