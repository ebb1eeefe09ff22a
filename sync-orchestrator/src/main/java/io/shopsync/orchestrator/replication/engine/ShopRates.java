package io.shopsync.orchestrator.replication.engine;

import io.shopsync.contracts.ShopId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Holds each shop to its rate of bytes written, over all its databases and targets in this process. */
@ApplicationScoped
class ShopRates {

    private static final int FORGET_BEYOND = 10_000;

    private final long bytesPerSecond;
    private final ConcurrentHashMap<ShopId, Long> freeAt = new ConcurrentHashMap<>();

    ShopRates(ReplicationConfig config) {
        this.bytesPerSecond = config.bytesPerSecondPerShop();
    }

    /** Waits until so many bytes may be written. */
    void await(ShopId shop, long bytes) throws InterruptedException {
        var now = System.nanoTime();
        var cost = (long) (bytes * 1e9 / bytesPerSecond);
        if (freeAt.size() > FORGET_BEYOND) {
            freeAt.values().removeIf(at -> at - now < 0);
        }
        // A shop may be a second ahead of its rate, so that a short burst is not slowed down.
        var due = freeAt.merge(shop, now + cost, (at, _) -> Math.max(at, now) + cost) - cost;
        var wait = due - now - TimeUnit.SECONDS.toNanos(1);
        if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
        }
    }
}
