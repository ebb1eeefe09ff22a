package io.shopsync.orchestrator.sync.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.sync.HealthReason;
import io.shopsync.contracts.sync.SyncHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HealthRulesTest {

    private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");
    private static final Duration CALM = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final int LOOKS = 400;

    private static final HealthConfig CONFIG = new HealthConfig() {
        @Override
        public Duration failingAfter() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration stalledAfter() {
            return Duration.ofMinutes(10);
        }

        @Override
        public Duration laggingAfter() {
            return Duration.ofMinutes(2);
        }

        @Override
        public Duration calmFor() {
            return CALM;
        }

        @Override
        public Duration every() {
            return LOOK;
        }
    };

    private final HealthRules rules = new HealthRules(CONFIG);

    @ParameterizedTest
    @EnumSource(names = "OK", mode = EnumSource.Mode.EXCLUDE)
    void becomesIllAtTheThresholdAndNotBefore(SyncHealth illness) {
        // Given
        var healthy = HealthState.unknown(START);
        var threshold = threshold(illness);
        // Then
        assertThat(rules.next(healthy, List.of(symptom(illness, threshold.minusMillis(1))), START))
                .isEqualTo(healthy);
        assertThat(rules.next(healthy, List.of(symptom(illness, threshold)), START)
                        .health())
                .isEqualTo(illness);
    }

    @ParameterizedTest
    @EnumSource(names = "OK", mode = EnumSource.Mode.EXCLUDE)
    void staysIllWhileHalfTheThresholdIsReachedHoweverLong(SyncHealth illness) {
        // Given
        var state = new HealthState(illness, START, Optional.empty());
        // When
        for (int look = 1; look <= LOOKS; look++) {
            state = rules.next(
                    state,
                    List.of(symptom(illness, threshold(illness).dividedBy(2))),
                    START.plus(LOOK.multipliedBy(look)));
        }
        // Then
        assertThat(state.health()).isEqualTo(illness);
    }

    @Test
    void recoversOnceItWasCalmLongEnoughWithoutABreak() {
        // Given
        var state = new HealthState(SyncHealth.FAILING, START, Optional.empty());
        var failing = symptom(SyncHealth.FAILING, CONFIG.failingAfter());
        // When calm is broken once
        state = rules.next(state, List.of(), START.plusSeconds(5));
        state = rules.next(state, List.of(failing), START.plusSeconds(50));
        state = rules.next(state, List.of(), START.plusSeconds(60));
        state = rules.next(state, List.of(), START.plusSeconds(119));
        // Then
        assertThat(state.health()).isEqualTo(SyncHealth.FAILING);
        assertThat(rules.next(state, List.of(), START.plusSeconds(120)).health())
                .isEqualTo(SyncHealth.OK);
    }

    @Test
    void fallsBackToTheWorstThatIsStillHeld() {
        // Given
        var state = new HealthState(SyncHealth.FAILING, START, Optional.of(START));
        // When
        var after = rules.next(
                state, List.of(symptom(SyncHealth.LAGGING, CONFIG.laggingAfter().dividedBy(2))), START.plus(CALM));
        // Then
        assertThat(after.health()).isEqualTo(SyncHealth.LAGGING);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void doesNotFlapAboutAThreshold(long seed) {
        // Given symptoms that waver between the threshold's half and a little above it
        var random = new Random(seed);
        var illness = illness(random);
        var threshold = threshold(illness).toMillis();
        // When
        var history = history(
                random,
                _ -> List.of(symptom(
                        illness, Duration.ofMillis(random.nextLong(threshold / 2, threshold + threshold / 4)))));
        // Then
        assertThat(changes(history)).as("seed %d", seed).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isNeverCalledBetterSoonerThanCalmLasts(long seed) {
        // Given symptoms of every kind that come and go
        var random = new Random(seed);
        // When
        var changes = changes(history(random, _ -> randomSymptoms(random)));
        // Then
        for (int i = 1; i < changes.size(); i++) {
            var earlier = changes.get(i - 1);
            var change = changes.get(i);
            if (earlier.health().worseThan(change.health())) {
                assertThat(Duration.between(earlier.since(), change.since()))
                        .as("seed %d", seed)
                        .isGreaterThanOrEqualTo(CALM);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isAtLeastAsIllAsItsSymptomsSayAndNoMoreThanTheyEverSaid(long seed) {
        // Given
        var random = new Random(seed);
        var worstSoFar = new SyncHealth[] {SyncHealth.OK};
        var state = HealthState.unknown(START);
        for (int look = 1; look <= LOOKS; look++) {
            var symptoms = randomSymptoms(random);
            var reached = symptoms.stream()
                    .filter(it -> it.lasting().compareTo(threshold(it.of())) >= 0)
                    .map(Symptom::of)
                    .max(SyncHealth::compareTo)
                    .orElse(SyncHealth.OK);
            worstSoFar[0] = reached.worseThan(worstSoFar[0]) ? reached : worstSoFar[0];
            // When
            state = rules.next(state, symptoms, START.plus(LOOK.multipliedBy(look)));
            // Then
            assertThat(state.health())
                    .as("seed %d, look %d", seed, look)
                    .isGreaterThanOrEqualTo(reached)
                    .isLessThanOrEqualTo(worstSoFar[0]);
        }
    }

    static List<Long> seeds() {
        var fixed = IntStream.range(0, 40).mapToObj(Long::valueOf).toList();
        var all = new ArrayList<>(fixed);
        all.add(System.nanoTime());
        return all;
    }

    private List<HealthState> history(Random random, IntFunction<List<Symptom>> symptoms) {
        var history = new ArrayList<HealthState>();
        var state = HealthState.unknown(START);
        var now = START;
        for (int look = 0; look < LOOKS; look++) {
            now = now.plusMillis(random.nextLong(1_000, 15_000));
            state = rules.next(state, symptoms.apply(look), now);
            history.add(state);
        }
        return history;
    }

    private static List<HealthState> changes(List<HealthState> history) {
        var changes = new ArrayList<HealthState>();
        for (var state : history) {
            var before = changes.isEmpty() ? SyncHealth.OK : changes.getLast().health();
            if (state.health() != before) {
                changes.add(state);
            }
        }
        return changes;
    }

    private static List<Symptom> randomSymptoms(Random random) {
        return IntStream.range(0, random.nextInt(3))
                .mapToObj(_ -> {
                    var illness = illness(random);
                    return symptom(
                            illness,
                            Duration.ofMillis(
                                    random.nextLong(2 * threshold(illness).toMillis())));
                })
                .toList();
    }

    private static SyncHealth illness(Random random) {
        var illnesses = List.of(SyncHealth.LAGGING, SyncHealth.STALLED, SyncHealth.FAILING);
        return illnesses.get(random.nextInt(illnesses.size()));
    }

    private static Symptom symptom(SyncHealth of, Duration lasting) {
        return new Symptom(of, lasting, HealthReason.REPLICATION_LAGGING, new DatabaseName("sales"));
    }

    private static Duration threshold(SyncHealth health) {
        return switch (health) {
            case OK -> Duration.ZERO;
            case LAGGING -> CONFIG.laggingAfter();
            case STALLED -> CONFIG.stalledAfter();
            case FAILING -> CONFIG.failingAfter();
        };
    }
}
