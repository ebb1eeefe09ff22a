package io.shopsync.orchestrator.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.change.DatabaseChanged;
import io.shopsync.eventing.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Announces changed databases, with what is stored of them in the same transaction. */
@ApplicationScoped
class Announcer {

    /** Wake-ups that were announced. */
    static final String WAKE_UPS = "shopsync.watch.wakeups";

    private static final String SOURCE = "/sync-orchestrator/watch";

    private final Outbox outbox;
    private final SeenSequences sequences;
    private final Counter announced;

    Announcer(Outbox outbox, SeenSequences sequences, MeterRegistry metrics) {
        this.outbox = outbox;
        this.sequences = sequences;
        this.announced = Counter.builder(WAKE_UPS)
                .description("Wake-ups for changed databases")
                .register(metrics);
    }

    /** Announces what the feed told. It names no sequence, so the next sweep may announce the same once more. */
    @Transactional
    void announce(Collection<ShopDatabase> changed) {
        publish(changed);
    }

    /** Announces what a sweep found and is worth a wake-up, and remembers all of it. */
    @Transactional
    void announceAndRemember(List<SeenSequences.Seen> changed, Collection<ShopDatabase> worthAWakeUp) {
        publish(worthAWakeUp);
        sequences.remember(changed);
    }

    private void publish(Collection<ShopDatabase> changed) {
        var now = Instant.now();
        outbox.publish(changed.stream()
                .map(database -> Envelope.of(SOURCE, now, new DatabaseChanged(database.shop(), database.name())))
                .toList());
        announced.increment(changed.size());
    }
}
