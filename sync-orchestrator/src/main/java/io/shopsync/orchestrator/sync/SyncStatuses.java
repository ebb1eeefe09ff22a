package io.shopsync.orchestrator.sync;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.desired.DesiredShops;
import io.shopsync.orchestrator.replication.pair.Direction;
import io.shopsync.orchestrator.replication.pair.Pair;
import io.shopsync.orchestrator.replication.pair.PairState;
import io.shopsync.orchestrator.sync.SyncView.DatabaseSync;
import io.shopsync.orchestrator.sync.SyncView.DeviceSync;
import io.shopsync.orchestrator.sync.SyncView.SyncError;
import io.shopsync.orchestrator.sync.SyncView.TargetSync;
import io.shopsync.orchestrator.sync.SyncView.Throughput;
import io.shopsync.orchestrator.sync.device.Device;
import io.shopsync.orchestrator.sync.device.Looks;
import io.shopsync.orchestrator.sync.device.Observation;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sync of one shop, looked at now. */
@ApplicationScoped
class SyncStatuses {

    /** What moved so lately is still called syncing: a live till moves its checkpoint after each batch. */
    private static final Duration A_MOMENT = Duration.ofSeconds(30);

    private static final String UNREADABLE =
            "CouchDB does not answer for this database: what is shown is older. Look at the shop's state, then at CouchDB.";

    private static final String AWAY =
            "CouchDB is away for every shop: what is shown is older. See that it runs and takes the orchestrator's login.";

    private final Couch couch;
    private final DesiredShops shops;
    private final Looks looks;
    private final Evaluation evaluation;
    private final ShopHealths healths;

    SyncStatuses(Couch couch, DesiredShops shops, Looks looks, Evaluation evaluation, ShopHealths healths) {
        this.couch = couch;
        this.shops = shops;
        this.looks = looks;
        this.evaluation = evaluation;
        this.healths = healths;
    }

    /** How the sync of a shop goes; empty where it never signed up. */
    Optional<SyncView> of(ShopId shop) {
        return shops.find(shop).map(status -> of(status.desired()));
    }

    private SyncView of(DesiredShop desired) {
        var shop = desired.shop();
        var databases = desired.catalogue().current().stream()
                .map(name -> name.of(shop))
                .toList();
        looks.refresh(databases);
        evaluation.evaluate(shop);
        var now = Instant.now();
        var facts = evaluation.facts(desired, now);
        var health = healths.find(shop).orElseGet(() -> ShopHealth.unknown(shop, now));
        var observations =
                facts.observations().stream().collect(Collectors.toMap(Observation::database, Function.identity()));
        var pairs = facts.pairs().stream()
                .collect(Collectors.groupingBy(pair -> pair.id().database()));
        var views = databases.stream()
                .map(database -> database(database, observations, pairs, facts))
                .toList();
        return new SyncView(
                shop,
                SyncView.HealthView.of(health),
                health.critical(),
                activity(views.stream().anyMatch(view -> view.state() == Activity.SYNCING)),
                facts.lastSync(),
                away(now)
                        .or(() -> views.stream()
                                .flatMap(view -> view.lastError().stream())
                                .max(Comparator.comparing(SyncError::at))),
                facts.pending(),
                facts.lag().toSeconds(),
                views);
    }

    private Optional<SyncError> away(Instant now) {
        return couch.away().map(it -> new SyncError(it.reason().name(), it.getMessage(), now, AWAY));
    }

    private DatabaseSync database(
            ShopDatabase database,
            Map<ShopDatabase, Observation> observations,
            Map<ShopDatabase, List<Pair>> pairsByDatabase,
            ShopFacts facts) {
        var observation = Optional.ofNullable(observations.get(database));
        var pairs = pairsByDatabase.getOrDefault(database, List.of());
        var targets = pairs.stream().map(pair -> target(pair, observation)).toList();
        var devices = observation.map(Observation::devices).orElse(List.of());
        var lastMoved = devices.stream().map(Device::movedAt).max(Comparator.naturalOrder());
        var moving = lastMoved.filter(facts.now().minus(A_MOMENT)::isBefore).isPresent()
                || pairs.stream().anyMatch(pair -> pair.state() == PairState.SYNCING);
        return new DatabaseSync(
                database.name(),
                activity(moving),
                observation.flatMap(Observation::lookedAt),
                observation.flatMap(Observation::changedAt),
                observation.map(it -> it.size().documents()).orElse(0L),
                Stream.concat(lastMoved.stream(), targets.stream().flatMap(target -> target.lastSyncAt().stream()))
                        .max(Comparator.naturalOrder()),
                Stream.concat(
                                observation.flatMap(Observation::failure).stream()
                                        .map(it -> new SyncError(it.reason(), it.detail(), it.at(), UNREADABLE)),
                                targets.stream().flatMap(target -> target.lastError().stream()))
                        .max(Comparator.comparing(SyncError::at)),
                targets,
                devices.stream()
                        .map(device -> device(device, observation.get(), facts))
                        .toList());
    }

    private TargetSync target(Pair pair, Optional<Observation> observation) {
        return new TargetSync(
                pair.id().target(),
                pair.id().direction(),
                pair.engine(),
                pair.state(),
                pair.lastSync(),
                pair.lastError()
                        .map(it -> new SyncError(
                                it.code().name(),
                                it.detail(),
                                it.at(),
                                it.code().advice())),
                pending(pair, observation),
                pair.refusedNow(),
                throughput(pair.totals()));
    }

    /** Of what goes from here, CouchDB itself counts what has yet to go; of the rest, the last run's count stands. */
    private Optional<Long> pending(Pair pair, Optional<Observation> observation) {
        Optional<Long> counted =
                pair.pending().isPresent() ? Optional.of(pair.pending().getAsLong()) : Optional.empty();
        if (pair.id().direction() == Direction.PULL || observation.isEmpty()) {
            return counted;
        }
        if (pair.sourceSeq().equals(observation.get().updateSeq())) {
            return Optional.of(0L);
        }
        return pair.sourceSeq()
                .flatMap(seq -> looks.pending(pair.id().database(), seq))
                .or(() -> counted);
    }

    private static Throughput throughput(Pair.Totals totals) {
        var seconds = totals.busy().toMillis() / 1000.0;
        return new Throughput(
                totals.written(),
                totals.bytes(),
                seconds == 0 ? 0 : totals.written() / seconds,
                seconds == 0 ? 0 : totals.bytes() / seconds);
    }

    private static DeviceSync device(Device device, Observation observation, ShopFacts facts) {
        return new DeviceSync(
                device.replicator(),
                device.session(),
                device.kind(),
                device.direction(),
                observation.state(device, facts.now(), facts.config()),
                device.lastSeq(),
                device.pending(),
                observation.lag(device).toSeconds(),
                device.firstSeenAt(),
                device.movedAt());
    }

    private static Activity activity(boolean syncing) {
        return syncing ? Activity.SYNCING : Activity.IDLE;
    }
}
