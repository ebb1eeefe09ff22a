package io.shopsync.orchestrator.sync;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.HealthReason;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.contracts.sync.SyncHealth;
import io.shopsync.eventing.Outbox;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.desired.DesiredShops;
import io.shopsync.orchestrator.desired.ShopStatus;
import io.shopsync.orchestrator.desired.Wanted;
import io.shopsync.orchestrator.replication.pair.Pair;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.Pairs;
import io.shopsync.orchestrator.sync.device.Device.State;
import io.shopsync.orchestrator.sync.device.LookConfig;
import io.shopsync.orchestrator.sync.device.Observations;
import io.shopsync.orchestrator.sync.health.HealthConfig;
import io.shopsync.orchestrator.sync.health.HealthRules;
import io.shopsync.orchestrator.sync.health.Symptom;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the health of a shop from what is known, keeps it, and tells of a change, all in one transaction. */
@ApplicationScoped
class Evaluation {

    private static final String SOURCE = "/sync-orchestrator/sync";
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int PATIENCE = 4;

    private final DesiredShops shops;
    private final Observations observations;
    private final Pairs pairs;
    private final PairTracks tracks;
    private final ShopHealths healths;
    private final Outbox outbox;
    private final LookConfig looks;
    private final HealthConfig config;
    private final HealthRules rules;

    Evaluation(
            DesiredShops shops,
            Observations observations,
            Pairs pairs,
            PairTracks tracks,
            ShopHealths healths,
            Outbox outbox,
            LookConfig looks,
            HealthConfig config) {
        this.shops = shops;
        this.observations = observations;
        this.pairs = pairs;
        this.tracks = tracks;
        this.healths = healths;
        this.outbox = outbox;
        this.looks = looks;
        this.config = config;
        this.rules = new HealthRules(config);
    }

    /** What is known of a shop now. */
    ShopFacts facts(DesiredShop shop, Instant now) {
        var current = shop.catalogue().current();
        var ofShop = pairs.of(shop.shop()).stream()
                .filter(pair -> current.contains(pair.id().database().name()))
                .toList();
        return new ShopFacts(
                observations.of(shop.shop()).stream()
                        .filter(it -> current.contains(it.database().name()))
                        .toList(),
                ofShop,
                tracked(tracks.of(shop.shop()), ofShop, now),
                now,
                looks);
    }

    /** Evaluates a shop; without effect for one that nobody ever looked at. */
    @Transactional
    void evaluate(ShopId shop) {
        var before = healths.lock(shop);
        if (before.isEmpty()) {
            return;
        }
        var status = shops.find(shop);
        if (status.map(ShopStatus::desired)
                .map(DesiredShop::wanted)
                .filter(Evaluation::stays)
                .isEmpty()) {
            healths.forget(shop);
            tracks.keep(tracks.of(shop), List.of());
            return;
        }
        var now = Instant.now();
        var desired = status.get().desired();
        // A suspended shop's devices are kept out on purpose: nothing is wrong with it.
        var facts = desired.wanted() instanceof Wanted.Active ? facts(desired, now) : ShopFacts.none(now, looks);
        tracks.keep(tracks.of(shop), facts.tracks().values());
        keep(before.get(), facts);
    }

    private void keep(ShopHealth before, ShopFacts facts) {
        var symptoms = facts.symptoms();
        var state = rules.next(before.state(), symptoms, facts.now());
        var cause = rules.cause(state.health(), symptoms);
        var ill = state.health() != SyncHealth.OK;
        var after = new ShopHealth(
                before.shop(),
                before.critical(),
                state,
                // What outlives its symptoms is still there for the reason that it came.
                ill ? cause.map(Symptom::reason).or(before::reason) : Optional.empty(),
                ill ? cause.map(it -> databases(symptoms, it)).orElse(before.databases()) : List.of(),
                figures(facts));
        healths.keep(after, again(after, facts.inMotion() || !symptoms.isEmpty(), facts.now()));
        if (state.health() != before.state().health()) {
            var event = new SyncEvent.HealthChanged(
                    before.shop(),
                    before.state().health(),
                    state.health(),
                    after.reason().orElse(HealthReason.RECOVERED),
                    after.databases());
            outbox.publish(Envelope.of(SOURCE, facts.now(), event));
        }
    }

    /** What has been as it is for long is looked at less often: looks and failures make it due by themselves. */
    private Optional<Duration> again(ShopHealth health, boolean inMotion, Instant now) {
        if (health.state().health() == SyncHealth.OK) {
            return inMotion ? Optional.of(config.every()) : Optional.empty();
        }
        if (health.state().betterSince().isPresent()) {
            return Optional.of(config.every());
        }
        var patience = Duration.between(health.state().since(), now).dividedBy(PATIENCE);
        return Optional.of(Stream.of(patience, config.every())
                .max(Duration::compareTo)
                .filter(pause -> pause.compareTo(LONGEST_PAUSE) < 0)
                .orElse(LONGEST_PAUSE));
    }

    private static ShopHealth.Figures figures(ShopFacts facts) {
        return new ShopHealth.Figures(
                facts.pending(),
                facts.lag(),
                facts.devices(State.UP_TO_DATE, State.BEHIND, State.STOPPED, State.WRITES, State.UNKNOWN),
                facts.devices(State.BEHIND),
                facts.devices(State.STOPPED),
                facts.lastSync());
    }

    private static List<DatabaseName> databases(List<Symptom> symptoms, Symptom cause) {
        return symptoms.stream()
                .filter(symptom -> symptom.reason() == cause.reason())
                .map(Symptom::database)
                .distinct()
                .sorted()
                .toList();
    }

    private static Map<PairId, PairTrack> tracked(Map<PairId, PairTrack> before, List<Pair> pairs, Instant now) {
        var after = new HashMap<PairId, PairTrack>();
        pairs.forEach(pair ->
                after.put(pair.id(), PairTrack.next(Optional.ofNullable(before.get(pair.id())), pair, now)));
        return after;
    }

    private static boolean stays(Wanted wanted) {
        return !(wanted instanceof Wanted.Deleted);
    }
}
