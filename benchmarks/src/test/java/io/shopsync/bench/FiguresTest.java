package io.shopsync.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void aRateIsPerSecond() {
        // Given
        var rate = new Rate(30, Duration.ofMillis(1_500));
        // Then
        assertThat(rate.perSecond()).isEqualTo(20.0);
    }

    @Test
    void noTimeIsNoRate() {
        assertThatThrownBy(() -> new Rate(1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void percentilesAreThoseOfAllThatWasAdded() {
        // Given
        var latencies = new Latencies();
        // When
        for (int millis = 1; millis <= 100; millis++) {
            latencies.add(Duration.ofMillis(millis));
        }
        // Then
        assertThat(latencies.count()).isEqualTo(100);
        assertThat(latencies.median().toMillis()).isCloseTo(50, within(1L));
        assertThat(latencies.percentile(99).toMillis()).isCloseTo(99, within(1L));
    }

    @Test
    void nothingMeasuredHasNoPercentile() {
        assertThatThrownBy(new Latencies()::median).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theRatioIsTheMiddleOneOfTheRounds() {
        // Given: rounds of 0.5, 0.8 and, where something else ran meanwhile, 3.0
        var best = List.of(perSecond(100), perSecond(50), perSecond(10));
        var ours = List.of(perSecond(50), perSecond(40), perSecond(30));
        // When
        var rounds = new Rounds(best, ours);
        // Then
        assertThat(rounds.ratio()).isCloseTo(0.8, within(1e-9));
        assertThat(rounds.bestPerSecond()).isEqualTo(50);
        assertThat(rounds.oursPerSecond()).isEqualTo(40);
    }

    @Test
    void betweenTwoTheMiddleIsTheirMean() {
        assertThat(Rounds.median(List.of(3.0, 1.0))).isEqualTo(2.0);
    }

    @Test
    void roundsAlternate() {
        // Given
        var order = new StringBuilder();
        // When
        Rounds.alternate(
                2,
                () -> {
                    order.append('b');
                    return perSecond(1);
                },
                () -> {
                    order.append('o');
                    return perSecond(1);
                });
        // Then
        assertThat(order).hasToString("bobo");
    }

    @Test
    void theLastLineIsTheRatio() {
        // Given
        var written = new StringWriter();
        var report = new Report(new PrintWriter(written));
        // When
        report.rate("raw", new Rate(200, Duration.ofSeconds(4)), "shops");
        report.ratio(0.876);
        // Then
        assertThat(written.toString().lines().toList()).last().isEqualTo("ratio 0.88");
        assertThat(written.toString()).contains("50.0 shops/s (200 in 4.00 s)");
    }

    private static Rate perSecond(long count) {
        return new Rate(count, Duration.ofSeconds(1));
    }
}
