package io.shopsync.audit.intake;

import io.quarkus.runtime.ShutdownEvent;
import io.shopsync.audit.platform.DatabaseException;
import io.shopsync.contracts.Topic;
import io.shopsync.eventing.DeadLetters;
import io.shopsync.eventing.UnreadableEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/**
 * Brings a batch of records into a store. The batch is acknowledged to Kafka only when every record of it is stored or
 * put aside; until then it is tried again, however long that takes: an audit may be late, but it may not skip.
 */
@ApplicationScoped
public class Intake {

    private static final Logger LOG = Logger.getLogger(Intake.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final double JITTER = 0.5;

    private final EventReader reader = new EventReader(Clock.systemUTC());
    private final DeadLetters deadLetters;
    private final IntakeMetrics metrics;
    private final IntakeState state;
    private final ExecutorService executor;
    private volatile boolean stopping;

    Intake(DeadLetters deadLetters, IntakeMetrics metrics, IntakeState state, ExecutorService executor) {
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.state = state;
        this.executor = executor;
    }

    /**
     * Takes a batch of one topic's records.
     *
     * @return completes when the batch is done with; never, where the service stops first, and then Kafka delivers the
     *     batch again to whoever takes over
     */
    public Uni<Void> take(Topic topic, ConsumerRecords<String, byte[]> batch, EventStore store) {
        return Uni.createFrom()
                .voidItem()
                .invoke(() -> takeOnce(topic, batch, store))
                .runSubscriptionOn(executor)
                .invoke(() -> state.succeeded(topic))
                .onFailure()
                .invoke(failure -> failed(topic, failure))
                .onFailure(failure -> !stopping)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .withJitter(JITTER)
                .indefinitely()
                .onFailure()
                .recoverWithUni(Uni.createFrom().nothing());
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    private void failed(Topic topic, Throwable failure) {
        var reason = failure instanceof DatabaseException database
                ? database.reason()
                : String.valueOf(failure.getMessage());
        if (state.failed(topic, reason)) {
            LOG.errorf(failure, "events of %s cannot be stored; they wait in Kafka and are tried again", topic);
        } else {
            LOG.warnf("events of %s still wait: %s", topic, reason);
        }
    }

    private void takeOnce(Topic topic, ConsumerRecords<String, byte[]> batch, EventStore store) {
        var sample = metrics.start();
        var refused = new ArrayList<Refused>();
        var readable = new ArrayList<Taken>(batch.count());
        for (var record : batch) {
            try {
                readable.add(new Taken(record, reader.read(topic, record.value())));
            } catch (UnreadableEvent e) {
                refused.add(new Refused(record, e.getMessage()));
            }
        }
        store(readable, store, refused);
        // Only now: a batch that is tried again because of the database must not put the same records aside again.
        refused.forEach(letter -> deadLetters.send(letter.record(), letter.reason()));
        metrics.taken(sample, topic, readable.stream().map(Taken::event).toList(), refused.size());
    }

    /** Stores the events; where Postgres refuses the values of one, finds it by halving and puts it aside. */
    private static void store(List<Taken> taken, EventStore store, List<Refused> refused) {
        if (taken.isEmpty()) {
            return;
        }
        try {
            store.store(taken.stream().map(Taken::event).toList());
        } catch (DatabaseException e) {
            if (!e.refusesData()) {
                throw e;
            }
            if (taken.size() == 1) {
                refused.add(new Refused(taken.getFirst().record(), e.reason()));
                return;
            }
            var half = taken.size() / 2;
            store(taken.subList(0, half), store, refused);
            store(taken.subList(half, taken.size()), store, refused);
        }
    }

    private record Taken(ConsumerRecord<String, byte[]> record, IncomingEvent event) {}

    private record Refused(ConsumerRecord<String, byte[]> record, String reason) {}
}
