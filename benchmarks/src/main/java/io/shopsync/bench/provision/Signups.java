package io.shopsync.bench.provision;

import io.shopsync.bench.Latencies;
import io.shopsync.bench.Rate;
import io.shopsync.contracts.ShopId;
import io.shopsync.stack.api.ShopSyncApi;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Signs shops up and follows each until it is READY, as whoever signs a shop up does. */
record Signups(ShopSyncApi api) {

    private static final int REQUESTS_AT_ONCE = 16;

    /**
     * Signs the shops up as fast as the service accepts them.
     *
     * @param latencies takes how long each was on its way from the signup to READY
     */
    Rate make(List<ShopId> shops, Latencies latencies) {
        return Rate.of(() -> {
            var permits = new Semaphore(REQUESTS_AT_ONCE);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                CompletableFuture.allOf(shops.stream()
                                .map(shop -> CompletableFuture.runAsync(() -> make(shop, permits, latencies), threads))
                                .toArray(CompletableFuture<?>[]::new))
                        .join();
            }
            return shops.size();
        });
    }

    private void make(ShopId shop, Semaphore permits, Latencies latencies) {
        permits.acquireUninterruptibly();
        latencies.time(() -> {
            try {
                signUp(shop);
            } finally {
                permits.release();
            }
            awaitReady(shop);
        });
    }

    private void signUp(ShopId shop) {
        var answer = api.signUp(shop, "Benchmark");
        if (answer.status() != 202) {
            throw new IllegalStateException("a signup was answered " + answer.status() + ' ' + answer.body());
        }
    }

    private void awaitReady(ShopId shop) {
        var settled = api.followUntilSettled(shop);
        if (!settled.path("status").asText().equals("READY")) {
            throw new IllegalStateException("a shop has come to " + settled);
        }
    }
}
