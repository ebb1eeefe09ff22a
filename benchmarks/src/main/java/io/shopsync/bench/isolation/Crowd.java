package io.shopsync.bench.isolation;

import io.shopsync.bench.PrivateStack;
import io.shopsync.bench.Rate;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.stack.Service;
import java.util.List;
import java.util.Map;
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
                        .map(shop -> CompletableFuture.runAsync(() -> signUp(stack, shop), clients))
                        .toArray(CompletableFuture[]::new);
                CompletableFuture.allOf(signups).join();
            }
            return shops.size();
        }));
    }

    private static void signUp(PrivateStack stack, ShopId shop) {
        var answer = stack.api()
                .send(
                        "POST",
                        Service.PROVISIONING,
                        "/api/v1/shops",
                        Map.of("shopId", shop.value(), "name", "Benchmark", "databases", List.of(DATABASE.value())));
        if (answer.status() != 202) {
            throw new IllegalStateException("a signup was answered " + answer.status() + ' ' + answer.body());
        }
        var settled = stack.api().followUntilSettled(shop);
        if (!settled.path("status").asText().equals("READY")) {
            throw new IllegalStateException("a shop has come to " + settled);
        }
    }
}
