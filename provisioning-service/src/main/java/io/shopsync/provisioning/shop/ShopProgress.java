package io.shopsync.provisioning.shop;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.shopsync.contracts.ShopId;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import io.shopsync.provisioning.platform.MetricNames;
import io.shopsync.provisioning.shop.ShopChanges.Watch;
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
     *
     * @throws ProblemException {@link ProblemCode#SHOP_NOT_FOUND}, before there is a stream
     */
    Multi<Optional<ShopView>> follow(ShopId shop) {
        var watch = changes.watch(shop);
        try {
            var first = shops.require(shop);
            return Multi.createFrom()
                    .emitter(
                            emitter ->
                                    Thread.ofVirtual().name("progress-", 0).start(() -> follow(first, watch, emitter)),
                            BackPressureStrategy.BUFFER);
        } catch (RuntimeException e) {
            watch.close();
            throw e;
        }
    }

    private void follow(ShopView first, Watch watch, MultiEmitter<? super Optional<ShopView>> emitter) {
        streams.incrementAndGet();
        try (watch) {
            var view = first;
            emitter.emit(Optional.of(view));
            while (!view.status().isSettled() && !emitter.isCancelled() && watch.await(config.progressHeartbeat())) {
                var seen = view.revision();
                view = shops.require(first.shopId());
                emitter.emit(view.revision() > seen ? Optional.of(view) : Optional.empty());
            }
            emitter.complete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException e) {
            // The status line is long sent: the stream ends, and the client asks again.
            LOG.debugf(e, "the progress of %s is followed no further", first.shopId());
            emitter.complete();
        } finally {
            streams.decrementAndGet();
        }
    }
}
