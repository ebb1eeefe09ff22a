package io.shopsync.platform;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Buckets for the times of HTTP requests: Prometheus needs them for percentiles, and they are off by default. */
class HttpHistograms {

    private static final String REQUESTS = "http.server.requests";
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @Produces
    @Singleton
    MeterFilter buckets() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return id.getName().equals(REQUESTS) ? withBuckets().merge(config) : config;
            }
        };
    }

    private static DistributionStatisticConfig withBuckets() {
        return DistributionStatisticConfig.builder()
                .percentilesHistogram(true)
                .minimumExpectedValue((double) SHORTEST.toNanos())
                .maximumExpectedValue((double) LONGEST.toNanos())
                .build();
    }
}
