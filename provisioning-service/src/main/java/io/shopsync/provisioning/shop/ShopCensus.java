package io.shopsync.provisioning.shop;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.shopsync.provisioning.platform.MetricNames;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts shops by status, for the metrics: now and then, because it reads the whole index. */
@Startup
@ApplicationScoped
class ShopCensus {

    private final ShopList shops;
    private final Map<ShopStatus, AtomicLong> counts = new EnumMap<>(ShopStatus.class);

    ShopCensus(ShopList shops, MeterRegistry metrics) {
        this.shops = shops;
        for (var status : ShopStatus.values()) {
            var count = new AtomicLong();
            counts.put(status, count);
            metrics.gauge(MetricNames.SHOPS, Tags.of("status", status.name()), count);
        }
    }

    @Scheduled(every = "30s", delayed = "5s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void count() {
        var found = shops.census();
        counts.forEach((status, count) -> count.set(found.getOrDefault(status, 0L)));
    }
}
