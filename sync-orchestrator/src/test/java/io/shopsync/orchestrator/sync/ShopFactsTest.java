package io.shopsync.orchestrator.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quarkus.runtime.configuration.DurationConverter;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.HealthReason;
import io.shopsync.contracts.sync.SyncHealth;
import io.shopsync.orchestrator.replication.pair.EngineKind;
import io.shopsync.orchestrator.replication.pair.Pair;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.PairState;
import io.shopsync.orchestrator.sync.device.Device;
import io.shopsync.orchestrator.sync.device.DeviceDirection;
import io.shopsync.orchestrator.sync.device.DeviceKind;
import io.shopsync.orchestrator.sync.device.LookConfig;
import io.shopsync.orchestrator.sync.device.Observation;
import io.shopsync.orchestrator.sync.health.Symptom;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ShopFactsTest {

    private static final LookConfig CONFIG = new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 200, new DurationConverter())
            .withMapping(LookConfig.class)
            .build()
            .getConfigMapping(LookConfig.class);
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final DatabaseName SALES = new DatabaseName("sales");
    private static final ShopDatabase DATABASE = SALES.of(new ShopId("acme"));
    private static final PairId STANDBY = PairId.toStandby(DATABASE);

    @Test
    void aTillOfTwoThatStoppedIsBehind() {
        var facts = devices(reader("off", 40, minutesAgo(30)), reader("on", 0, minutesAgo(1)));
        assertThat(facts.symptoms())
                .containsExactly(
                        new Symptom(SyncHealth.LAGGING, Duration.ofMinutes(29), HealthReason.DEVICE_BEHIND, SALES));
        assertThat(facts.pending()).isEqualTo(40);
        assertThat(facts.lag()).isEqualTo(Duration.ofMinutes(29));
        assertThat(facts.devices(Device.State.STOPPED)).isEqualTo(1);
    }

    @Test
    void nobodyReadsOnceTheLastOfThemIsBehind() {
        var facts = devices(reader("off", 40, minutesAgo(30)), reader("later", 2, minutesAgo(13)));
        assertThat(facts.symptoms())
                .extracting(Symptom::of, Symptom::lasting, Symptom::reason)
                .contains(tuple(SyncHealth.STALLED, Duration.ofMinutes(12), HealthReason.DEVICES_STOPPED));
    }

    @Test
    void aTillThatIsNoMoreDoesNotCount() {
        var facts = devices(reader("old", 4_000, NOW.minus(Duration.ofDays(31))), reader("new", 0, minutesAgo(1)));
        assertThat(facts.symptoms()).isEmpty();
        assertThat(facts.pending()).isZero();
        assertThat(facts.lag()).isZero();
    }

    @Test
    void aDatabaseIsUnreadableFromTheFirstFailureToTheLastAndNotToThisMoment() {
        var failure = new Observation.Failure(minutesAgo(60), minutesAgo(59), "COUCHDB_ERROR", "500");
        var facts = facts(
                List.of(new Observation(
                        DATABASE,
                        Optional.of(minutesAgo(61)),
                        Optional.of("1772"),
                        Optional.of("9-g1AAA"),
                        new Observation.Size(9, 0, 0),
                        Optional.of(minutesAgo(61)),
                        Optional.of(failure),
                        List.of())),
                List.of(),
                Map.of());
        assertThat(facts.symptoms())
                .containsExactly(new Symptom(
                        SyncHealth.FAILING, Duration.ofMinutes(1), HealthReason.DATABASE_UNREADABLE, SALES));
    }

    @Test
    void aTargetThatIsBehindLagsSinceThenAndStallsSinceItMoved() {
        var facts = target(
                PairState.SYNCING,
                new PairTrack(
                        STANDBY, Optional.of(minutesAgo(20)), Optional.empty(), minutesAgo(4), Optional.of("9-g1AAA")));
        assertThat(facts.symptoms())
                .extracting(Symptom::of, Symptom::lasting)
                .containsExactlyInAnyOrder(
                        tuple(SyncHealth.LAGGING, Duration.ofMinutes(20)),
                        tuple(SyncHealth.STALLED, Duration.ofMinutes(4)));
        assertThat(facts.inMotion()).isTrue();
    }

    @Test
    void aTargetThatFailsIsNotCalledStalledToo() {
        var track = new PairTrack(
                STANDBY, Optional.of(minutesAgo(20)), Optional.of(minutesAgo(3)), minutesAgo(20), Optional.empty());
        assertThat(target(PairState.RETRYING, track).symptoms())
                .containsExactly(new Symptom(
                        SyncHealth.FAILING, Duration.ofMinutes(3), HealthReason.REPLICATION_FAILING, SALES));
        assertThat(target(PairState.FAILED, track).symptoms())
                .extracting(Symptom::lasting)
                .containsExactly(Symptom.FOR_GOOD);
    }

    @Test
    void aTargetThatRefusesDocumentsLacksThemForGood() {
        var track = new PairTrack(STANDBY, Optional.empty(), Optional.empty(), minutesAgo(1), Optional.empty());
        assertThat(target(PairState.PARKED, track).symptoms())
                .containsExactly(
                        new Symptom(SyncHealth.LAGGING, Symptom.FOR_GOOD, HealthReason.DOCUMENTS_REFUSED, SALES));
    }

    /** A database that changed a minute ago. */
    private static ShopFacts devices(Device... devices) {
        return facts(
                List.of(new Observation(
                        DATABASE,
                        Optional.of(NOW),
                        Optional.of("1772"),
                        Optional.of("9-g1AAA"),
                        new Observation.Size(9, 0, 0),
                        Optional.of(minutesAgo(1)),
                        Optional.empty(),
                        List.of(devices))),
                List.of(),
                Map.of());
    }

    private static Device reader(String name, long pending, Instant movedAt) {
        return new Device(
                name,
                "session",
                DeviceKind.POUCHDB,
                DeviceDirection.PULL,
                "7-g1AAA",
                Optional.of(pending),
                movedAt,
                movedAt);
    }

    private static ShopFacts target(PairState state, PairTrack track) {
        var pair = new Pair(
                STANDBY,
                EngineKind.ON_CHANGE,
                state,
                NOW,
                false,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(3),
                Optional.of("9-g1AAA"),
                false,
                0,
                new Pair.Totals(0, 0, 0, 0, 0, Duration.ZERO));
        return facts(List.of(), List.of(pair), Map.of(STANDBY, track));
    }

    private static ShopFacts facts(List<Observation> observations, List<Pair> pairs, Map<PairId, PairTrack> tracks) {
        return new ShopFacts(observations, pairs, tracks, NOW, CONFIG);
    }

    private static Instant minutesAgo(long minutes) {
        return NOW.minus(Duration.ofMinutes(minutes));
    }
}
