package io.shopsync.provisioning.shop;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.shopsync.contracts.ShopId;
import io.shopsync.provisioning.platform.MetricNames;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Follows single shops live: each committed change as it is seen, until the shop is settled. */
@Startup // so that its gauge is there before the first stream
@ApplicationScoped
class ShopProgress {

    private static final Logger LOG = Logger.getLogger(ShopProgress.class);

    private final Shops shops;
    private final ShopChanges changes;
    private final ShopConfig config;
    private final AtomicInteger streams;

    ShopProgress(Shops shops, ShopChanges changes, ShopConfig config, MeterRegistry metrics) {
        this.shops = shops;
        this.changes = changes;
        this.config = config;
        this.streams = metrics.gauge(MetricNames.PROGRESS_STREAMS, new AtomicInteger());
    }

    /**
     * The shop now and after each change; empty elements say only that the stream is alive. Changes that follow each
     * other quickly may be seen as one. The stream ends with the first state that is settled, or when the service does.
     */
    Multi<Optional<ShopView>> follow(ShopId shop) {
        return Multi.createFrom()
                .emitter(
                        emitter -> Thread.ofVirtual().name("progress-", 0).start(() -> follow(shop, emitter)),
                        BackPressureStrategy.BUFFER);
    }

    private void follow(ShopId shop, MultiEmitter<? super Optional<ShopView>> emitter) {
        streams.incrementAndGet();
        try (var watch = changes.watch(shop)) {
            var seen = -1L;
            do {
                var view = shops.require(shop);
                emitter.emit(view.revision() > seen ? Optional.of(view) : Optional.empty());
                seen = view.revision();
                if (view.status().isSettled()) {
                    break;
                }
            } while (!emitter.isCancelled() && watch.await(config.progressHeartbeat()));
            emitter.complete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException e) {
            // The status line is long sent: the stream ends, and the client asks again.
            LOG.debugf(e, "the progress of %s is followed no further", shop);
            emitter.complete();
        } finally {
            streams.decrementAndGet();
        }
    }
}
