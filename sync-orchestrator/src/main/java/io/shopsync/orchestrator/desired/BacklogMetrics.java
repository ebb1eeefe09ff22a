package io.shopsync.orchestrator.desired;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.shopsync.orchestrator.desired.DesiredShops.Backlog;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.ToDoubleFunction;

/** How many shops wait, counted every few seconds rather than at each scrape. */
@ApplicationScoped
public class BacklogMetrics {

    /** Shops whose wish waits. */
    public static final String WAITING = "shopsync.shops.waiting";

    /** Those of them that something stands in the way of. */
    public static final String DELAYED = "shopsync.shops.delayed";

    /** Shops that wait for a person. */
    public static final String FAILED = "shopsync.shops.failed";

    /** Age in seconds of the oldest wish that waits. */
    public static final String OLDEST_WISH = "shopsync.shops.oldest.wish";

    private final DesiredShops shops;
    private volatile Backlog backlog;

    BacklogMetrics(DesiredShops shops, MeterRegistry registry) {
        this.shops = shops;
        gauge(registry, WAITING, "Shops whose wish waits", Backlog::waiting);
        gauge(registry, DELAYED, "Shops whose wish waits because something stands in the way", Backlog::delayed);
        gauge(registry, FAILED, "Shops that wait for a person", Backlog::failed);
        gauge(registry, OLDEST_WISH, "Age of the oldest wish that waits, in seconds", Backlog::oldestSeconds);
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void count() {
        backlog = shops.backlog();
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Backlog> figure) {
        Gauge.builder(name, () -> {
                    var counted = backlog;
                    return counted == null ? Double.NaN : figure.applyAsDouble(counted);
                })
                .description(description)
                .register(registry);
    }
}
