package io.shopsync.orchestrator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.ReplicationReason;
import io.shopsync.orchestrator.replication.pair.EngineKind;
import io.shopsync.orchestrator.replication.pair.Pair;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.PairState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PairTrackTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final PairId ID = PairId.toStandby(new ShopDatabase(new ShopId("acme"), new DatabaseName("sales")));

    @Test
    void isBehindSinceItWasFirstSeenToHaveWorkUntilTheTargetHasEverything() {
        // Given
        var first = track(Optional.empty(), pair(PairState.WAITING, NOW.minusSeconds(60), Optional.empty()), 0);
        var second = track(first, pair(PairState.SYNCING, NOW.minusSeconds(60), Optional.empty()), 10);
        // Then
        assertThat(first.orElseThrow().behindSince()).contains(NOW);
        assertThat(second.orElseThrow().behindSince()).contains(NOW);
        // When the target had everything meanwhile, and lacks something anew
        var third = track(second, pair(PairState.SYNCING, NOW.plusSeconds(15), Optional.empty()), 20);
        var fourth = track(third, pair(PairState.IDLE, NOW.plusSeconds(25), Optional.empty()), 30);
        // Then
        assertThat(third.orElseThrow().behindSince()).contains(NOW.plusSeconds(20));
        assertThat(fourth.orElseThrow().behindSince()).isEmpty();
    }

    @Test
    void failsSinceTheFirstFailureAlsoWhileItIsTriedAgain() {
        // Given
        var retrying = pair(PairState.RETRYING, NOW, Optional.of(ReplicationReason.TARGET_UNREACHABLE));
        var again = pair(PairState.SYNCING, NOW, Optional.of(ReplicationReason.TARGET_UNREACHABLE));
        // When
        var first = track(Optional.empty(), retrying, 0);
        var second = track(first, again, 10);
        var third = track(second, retrying, 20);
        // Then
        assertThat(third.orElseThrow().failingSince()).contains(NOW);
        assertThat(track(third, pair(PairState.IDLE, NOW, Optional.empty()), 30)
                        .orElseThrow()
                        .failingSince())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = PairState.class,
            names = {"IDLE", "PAUSED", "PARKED"})
    void isNeitherBehindNorFailingWhereNobodyIsToCopy(PairState state) {
        var track =
                track(Optional.empty(), pair(state, NOW, Optional.empty()), 0).orElseThrow();
        assertThat(track.behindSince()).isEmpty();
        assertThat(track.failingSince()).isEmpty();
    }

    @Test
    void doesNotCountAgainstAShopThatIsNotReadyItself() {
        var track = track(
                        Optional.empty(),
                        pair(PairState.RETRYING, NOW, Optional.of(ReplicationReason.SHOP_NOT_READY)),
                        0)
                .orElseThrow();
        assertThat(track.behindSince()).isEmpty();
        assertThat(track.failingSince()).isEmpty();
    }

    private static Optional<PairTrack> track(Optional<PairTrack> before, Pair pair, long secondsLater) {
        return Optional.of(PairTrack.next(before, pair, NOW.plusSeconds(secondsLater)));
    }

    private static Pair pair(PairState state, Instant lastSync, Optional<ReplicationReason> failure) {
        return new Pair(
                ID,
                EngineKind.ON_CHANGE,
                state,
                NOW,
                state == PairState.PAUSED,
                failure.isPresent() ? 1 : 0,
                Optional.empty(),
                Optional.of(lastSync),
                Optional.of(lastSync),
                failure.map(code -> new Pair.Trouble(code, "as it was", NOW)),
                OptionalLong.empty(),
                Optional.of("7-g1AAA"),
                false,
                0,
                new Pair.Totals(0, 0, 0, 0, 0, Duration.ZERO));
    }
}
