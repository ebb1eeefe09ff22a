package io.shopsync.orchestrator.watch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Runs for the lease, watches while it holds it, and begins again whatever ends a {@link Watch}. */
@ApplicationScoped
class Watcher {

    /** One on the replica that watches, else zero. */
    static final String WATCHING = "shopsync.watch.watching";

    private static final Logger LOG = Logger.getLogger(Watcher.class);

    private final WatchConfig config;
    private final Leadership leadership;
    private final Watch watch;
    private volatile boolean watching;
    private Thread loop;

    Watcher(WatchConfig config, Leadership leadership, Watch watch, MeterRegistry metrics) {
        this.config = config;
        this.leadership = leadership;
        this.watch = watch;
        Gauge.builder(WATCHING, this, it -> it.watching ? 1 : 0)
                .description("One on the replica that watches the cluster's databases")
                .register(metrics);
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            loop = Thread.ofVirtual().name("watcher").start(this::run);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        if (loop != null) {
            loop.interrupt();
            loop.join(Duration.ofSeconds(5));
        }
    }

    private void run() {
        try {
            var pause = config.reconnectPause();
            while (true) {
                if (watchedAsLeader()) {
                    pause = config.reconnectPause();
                } else {
                    pause = longer(pause);
                }
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            }
        } catch (InterruptedException _) {
            // Asked to stop: the next replica need not wait for the lease to end.
            if (watching) {
                leadership.release();
            }
        }
    }

    /** Watches if this replica is the one to do so; false where it is not, or could not begin. */
    private boolean watchedAsLeader() throws InterruptedException {
        var began = System.nanoTime();
        try {
            if (!leadership.hold()) {
                return false;
            }
            watching = true;
            watch.untilItEnds();
            LOG.info("the watch has ended: the feed was closed or the lease lost");
        } catch (ExecutionException e) {
            LOG.warnf("the watch was broken off: %s", e.getCause());
        } catch (RuntimeException e) {
            LOG.warnf("the databases cannot be watched now: %s", e.getMessage());
        }
        watching = false;
        return System.nanoTime() - began > config.lease().toNanos();
    }

    private Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(config.lease()) < 0 ? doubled : config.lease();
    }
}
