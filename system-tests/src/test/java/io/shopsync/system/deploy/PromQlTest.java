package io.shopsync.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromQlTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '\'',
            value = {
                "up{job=\"shopsync\"} == 0 => up",
                "sum by (service, topic) (increase(dead_total[15m])) > 0 => dead_total",
                "max(one) unless sum by (topic) (two offset 15m) => one two",
                "histogram_quantile(0.95, sum by (le) (rate(wait_seconds_bucket[$__rate_interval]))) => wait_seconds_bucket",
                "sum(total) or vector(0) => total",
                "left_side / on (id) group_left (name) right_side * 1e3 => left_side right_side",
                "codes{code=~\"4..|5..\", role=\"a}b\"} => codes"
            })
    void readsTheMetricsOfAnExpression(String expression, String metrics) {
        assertThat(PromQl.metrics(expression)).isEqualTo(Set.of(metrics.split(" ")));
    }
}
