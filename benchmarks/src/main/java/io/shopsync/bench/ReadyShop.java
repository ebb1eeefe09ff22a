package io.shopsync.bench;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.stack.Service;
import java.util.List;
import java.util.Map;

/** A shop with as little as a measurement needs. */
public final class ReadyShop {

    private ReadyShop() {}

    /**
     * Signs a shop up with one database, and returns when its tills could sync.
     *
     * @throws IllegalStateException where it comes to anything else
     */
    public static void signUp(PrivateStack stack, ShopId shop, DatabaseName database) {
        var answer = stack.api()
                .send(
                        "POST",
                        Service.PROVISIONING,
                        "/api/v1/shops",
                        Map.of("shopId", shop.value(), "name", "Benchmark", "databases", List.of(database.value())));
        if (answer.status() != 202) {
            throw new IllegalStateException("a signup was answered " + answer.status() + ' ' + answer.body());
        }
        var settled = stack.api().followUntilSettled(shop);
        if (!settled.path("status").asText().equals("READY")) {
            throw new IllegalStateException("a shop has come to " + settled);
        }
    }
}
