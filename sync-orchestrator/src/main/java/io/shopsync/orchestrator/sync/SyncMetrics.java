package io.shopsync.orchestrator.sync;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.shopsync.contracts.metrics.SyncSample;
import io.shopsync.contracts.sync.SyncHealth;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.sync.SyncList.DeviceCounts;
import io.shopsync.orchestrator.work.DatabaseQueue;
import io.shopsync.orchestrator.work.WorkKind;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What sync shows of itself: samples for the audit, and meters. Each replica counts the same tables; counters count what
 * this one has sampled.
 */
@ApplicationScoped
public class SyncMetrics {

    /** Shops by health. */
    public static final String SHOPS = "shopsync.sync.shops";

    /** Lag in seconds of the shops that lag most: the only meter that names shops, and only so many. */
    public static final String LAG = "shopsync.sync.lag";

    /** Devices by how they fare. */
    public static final String DEVICES = "shopsync.sync.devices";

    /** Databases that wait to be replicated. */
    public static final String WAITING = "shopsync.sync.replications.waiting";

    /** Revisions by engine, kind of target, direction and outcome. */
    public static final String DOCUMENTS = "shopsync.sync.documents";

    /** Bytes of JSON read, by engine, kind of target and direction. */
    public static final String BYTES = "shopsync.sync.bytes";

    private final SyncList list;
    private final Samples samples;
    private final DatabaseQueue queue;
    private final SampleConfig config;
    private final MeterRegistry registry;
    private final MultiGauge lags;
    private volatile Counted counted;

    SyncMetrics(SyncList list, Samples samples, DatabaseQueue queue, SampleConfig config, MeterRegistry registry) {
        this.list = list;
        this.samples = samples;
        this.queue = queue;
        this.config = config;
        this.registry = registry;
        this.lags = MultiGauge.builder(LAG)
                .description("Lag of the shops that lag most, in seconds")
                .register(registry);
    }

    private record Counted(Map<SyncHealth, Long> shops, DeviceCounts devices, long waiting) {}

    void register(@Observes StartupEvent event) {
        for (var health : SyncHealth.values()) {
            gauge(
                    SHOPS,
                    "Shops by the health of their sync",
                    Tags.of("health", health.name().toLowerCase(Locale.ROOT)),
                    it -> it.shops().getOrDefault(health, 0L));
        }
        var devices = "Devices by how they fare";
        gauge(DEVICES, devices, Tags.of("state", "behind"), it -> it.devices().behind());
        gauge(DEVICES, devices, Tags.of("state", "stopped"), it -> it.devices().stopped());
        gauge(
                DEVICES,
                devices,
                Tags.of("state", "well"),
                it -> it.devices().all() - it.devices().behind() - it.devices().stopped());
        gauge(WAITING, "Databases that wait to be replicated", Tags.empty(), Counted::waiting);
    }

    @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void count() {
        counted = new Counted(list.count(), list.devices(), queue.waiting(WorkKind.REPLICATE));
        var rows = list.mostLagging(config.worstShops()).stream()
                .<MultiGauge.Row<?>>map(health -> MultiGauge.Row.of(
                        Tags.of("shop", health.shop().value()),
                        health.figures().lag().toSeconds()))
                .toList();
        lags.register(rows, true);
    }

    @Scheduled(every = "${shopsync.sync.samples.every:1m}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void sample() {
        samples.replication(config.most(), config.every()).forEach(this::add);
        samples.databases(config.most(), config.every());
    }

    private void add(SyncSample.Replication sample) {
        // An edge's name would be a label of its own for each shop.
        var tags = Tags.of(
                "engine",
                sample.engine(),
                "target",
                sample.target().equals(PairId.STANDBY) ? PairId.STANDBY : "edge",
                "direction",
                sample.direction());
        registry.counter(DOCUMENTS, tags.and("outcome", "read")).increment((double) sample.documentsRead());
        registry.counter(DOCUMENTS, tags.and("outcome", "written")).increment((double) sample.documentsWritten());
        registry.counter(DOCUMENTS, tags.and("outcome", "failed")).increment((double) sample.documentsFailed());
        registry.counter(BYTES, tags).increment((double) sample.bytesRead());
    }

    private void gauge(String name, String description, Tags tags, ToDoubleFunction<Counted> figure) {
        Gauge.builder(name, () -> {
                    var now = counted;
                    return now == null ? Double.NaN : figure.applyAsDouble(now);
                })
                .description(description)
                .tags(tags)
                .register(registry);
    }
}
