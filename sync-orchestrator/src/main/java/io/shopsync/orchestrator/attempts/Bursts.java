package io.shopsync.orchestrator.attempts;

import io.micrometer.core.instrument.MeterRegistry;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.eventing.Outbox;
import io.shopsync.orchestrator.desired.DesiredShops;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Gathers attempts into bursts and raises one finding for each, with what it came to when it is over. */
@ApplicationScoped
class Bursts {

    /** Refused requests that concern a shop's isolation, by kind of finding. */
    static final String REFUSALS = "shopsync.attempts.refusals";

    private static final String SOURCE = "/sync-orchestrator/attempts";

    private final BurstStore store;
    private final DesiredShops shops;
    private final Outbox outbox;
    private final AttemptsConfig config;
    private final MeterRegistry metrics;

    Bursts(BurstStore store, DesiredShops shops, Outbox outbox, AttemptsConfig config, MeterRegistry metrics) {
        this.store = store;
        this.shops = shops;
        this.outbox = outbox;
        this.config = config;
        this.metrics = metrics;
        for (var kind :
                List.of(FindingKind.CROSS_SHOP_ATTEMPT, FindingKind.LOGIN_LOCKED_OUT, FindingKind.UNPROVEN_ATTEMPT)) {
            metrics.counter(REFUSALS, "kind", kind.id());
        }
    }

    /**
     * Adds attempts in their order.
     *
     * @param alongside what is stored in the same transaction: where they were read from
     */
    @Transactional
    public void take(List<Attempt> attempts, Runnable alongside) {
        alongside.run();
        if (attempts.isEmpty()) {
            return;
        }
        store.lock();
        var open = store.find(attempts.stream().map(Attempt::who).distinct().toList());
        long room = config.openBursts() - store.count();
        var changed = new LinkedHashSet<Attempt.Key>();
        var over = new ArrayList<Burst>();
        for (var attempt : attempts) {
            boolean fits = open.containsKey(attempt.who()) || room-- > 0;
            var counted = fits ? attempt : attempt.amongSeveral();
            if (!fits && !open.containsKey(counted.who())) {
                open.putAll(store.find(List.of(counted.who())));
            }
            var burst = open.get(counted.who());
            open.put(counted.who(), burst == null ? begun(counted) : grown(burst, counted, over));
            changed.add(counted.who());
        }
        outbox.publish(lastWords(over));
        store.save(changed.stream().map(open::get).toList());
        attempts.forEach(attempt ->
                metrics.counter(REFUSALS, "kind", attempt.who().kind().id()).increment());
    }

    /** Raises the findings of bursts that were gathered for long enough, and tells what became of those that are over. */
    @Transactional
    public void tell() {
        if (store.count() == 0) {
            return;
        }
        store.lock();
        var news = store.untold(config.gather()).stream()
                .filter(burst -> burst.counts(config.unprovenFrom()))
                .toList();
        outbox.publish(news.stream().map(Bursts::raised).toList());
        store.markTold(news);
        outbox.publish(lastWords(store.endQuiet(config.quiet())));
    }

    private Burst grown(Burst burst, Attempt attempt, List<Burst> over) {
        if (!burst.takes(attempt, config)) {
            over.add(burst);
            return begun(attempt);
        }
        var more = burst.with(attempt, config.perMinute());
        if (more.rapid() && !burst.rapid() && burst.told() > 0) {
            over.add(burst);
            return burst.goOnRapidly(attempt);
        }
        return more;
    }

    /** Names are free to invent for whoever asks: what is no shop of ours is told about nobody. */
    private Burst begun(Attempt attempt) {
        return Burst.begin(shops.find(attempt.shop()).isPresent() ? attempt : attempt.aboutNobody());
    }

    /** What is left to tell of bursts that nothing more is added to. */
    private List<Envelope<?>> lastWords(List<Burst> over) {
        return over.stream()
                .<Envelope<?>>mapMulti((burst, events) -> {
                    if (burst.told() == 0 && burst.counts(config.unprovenFrom())) {
                        events.accept(raised(burst));
                    } else if (burst.grewSinceTold()) {
                        events.accept(ended(burst));
                    }
                })
                .toList();
    }

    private static Envelope<?> raised(Burst burst) {
        return new Envelope<>(burst.id(), SOURCE, Instant.now(), Optional.empty(), Optional.empty(), burst.raised());
    }

    private static Envelope<?> ended(Burst burst) {
        return Envelope.of(SOURCE, Instant.now(), burst.ended()).causedBy(burst.id());
    }
}
