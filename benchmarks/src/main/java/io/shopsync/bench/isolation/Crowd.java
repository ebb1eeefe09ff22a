package io.shopsync.bench.isolation;

import io.shopsync.bench.PrivateStack;
import io.shopsync.bench.Rate;
import io.shopsync.bench.ReadyShop;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/**
 * Many shops that have signed up with one database each.
 *
 * @param signups how fast that went
 */
record Crowd(List<ShopId> shops, Rate signups) {

    static final DatabaseName DATABASE = new DatabaseName("sales");

    private static final int AT_ONCE = 32;

    static Crowd signUp(PrivateStack stack, List<ShopId> shops) {
        return new Crowd(shops, Rate.of(() -> {
            try (var clients = Executors.newFixedThreadPool(AT_ONCE)) {
                var signups = shops.stream()
                        .map(shop -> CompletableFuture.runAsync(() -> ReadyShop.signUp(stack, shop, DATABASE), clients))
                        .toArray(CompletableFuture[]::new);
                CompletableFuture.allOf(signups).join();
            }
            return shops.size();
        }));
    }
}
