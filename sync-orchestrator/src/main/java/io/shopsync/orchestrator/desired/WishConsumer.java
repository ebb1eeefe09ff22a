package io.shopsync.orchestrator.desired;

import io.quarkus.runtime.ShutdownEvent;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.eventing.DeadLetters;
import io.shopsync.eventing.EventReader;
import io.shopsync.eventing.EventReader.Received;
import io.shopsync.orchestrator.platform.StoreException;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Brings the {@code shops} topic into the desired state. A batch is acknowledged when each of its records has had its
 * effect or lies with the dead letters; while Postgres or Kafka is away it is tried again, for ever: a wish may be late
 * but not lost.
 */
@ApplicationScoped
class WishConsumer {

    private static final Logger LOG = Logger.getLogger(WishConsumer.class);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final EventReader reader;
    private final WishWriter writer;
    private final DeadLetters deadLetters;
    private final CountDownLatch stopping = new CountDownLatch(1);

    WishConsumer(EventReader reader, WishWriter writer, DeadLetters deadLetters) {
        this.reader = reader;
        this.writer = writer;
        this.deadLetters = deadLetters;
    }

    @Incoming("shops")
    @Blocking("shops")
    void on(ConsumerRecords<String, byte[]> records) throws InterruptedException {
        var facts = new ArrayList<Fact>(records.count());
        untilDone(() -> {
            facts.clear();
            reader.read(records).forEach(received -> sort(received, facts));
        });
        write(facts);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    private void sort(Received received, List<Fact> facts) {
        if (received.envelope().body() instanceof ShopEvent) {
            @SuppressWarnings("unchecked") // the body was looked at
            var envelope = (Envelope<? extends ShopEvent>) received.envelope();
            facts.add(new Fact(received.record(), envelope));
        } else {
            deadLetters.send(received.record(), "no fact about a shop's life");
        }
    }

    /** What Postgres refuses for its content is found by halving, so that one record never holds up its neighbours. */
    private void write(List<Fact> facts) throws InterruptedException {
        if (facts.isEmpty()) {
            return;
        }
        try {
            untilDone(() -> writer.write(facts));
        } catch (StoreException refused) {
            if (facts.size() == 1) {
                putAside(facts.getFirst().record(), refused.getMessage());
            } else {
                var middle = facts.size() / 2;
                write(facts.subList(0, middle));
                write(facts.subList(middle, facts.size()));
            }
        }
    }

    private void putAside(ConsumerRecord<String, byte[]> record, String reason) throws InterruptedException {
        untilDone(() -> deadLetters.send(record, reason));
    }

    /** @throws StoreException where Postgres refuses the data; any other failure is waited out */
    private void untilDone(Runnable action) throws InterruptedException {
        var pause = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                action.run();
                return;
            } catch (StoreException e) {
                if (e.refusesData()) {
                    throw e;
                }
                LOG.warnf("wishes wait: %s", e.getMessage());
            } catch (RuntimeException e) {
                LOG.warn("wishes wait", e);
            }
            if (stopping.await(pause, TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("stopped before a batch was done; Kafka delivers it again");
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }
}
