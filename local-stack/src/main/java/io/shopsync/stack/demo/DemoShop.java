package io.shopsync.stack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.contracts.ShopId;
import io.shopsync.stack.StackException;
import io.shopsync.stack.api.ShopSyncApi;
import io.shopsync.stack.process.Pause;
import io.shopsync.stack.till.Till;
import io.shopsync.stack.till.TillProgram;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** One shop of the demo. */
final class DemoShop {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int SALES = 3;

    private final ShopSyncApi api;
    private final ShopId id;
    private final boolean isNew;
    private final long signedUpNanos;
    private JsonNode connection;

    private DemoShop(ShopSyncApi api, ShopId id, boolean isNew, long signedUpNanos) {
        this.api = api;
        this.id = id;
        this.isNew = isNew;
        this.signedUpNanos = signedUpNanos;
    }

    static DemoShop signUp(ShopSyncApi api, ShopId id, String name) {
        boolean isNew = api.shop(id).status() == 404;
        long begun = System.nanoTime();
        var answer = api.signUp(id, name);
        if (answer.status() != 202) {
            throw new StackException("the signup of " + id + " was answered " + answer.status() + " " + answer.body());
        }
        return new DemoShop(api, id, isNew, begun);
    }

    ShopId id() {
        return id;
    }

    /** Waits until the shop can sync, and says how long it took. */
    String awaitReady() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var shop = api.shop(id).body();
        while (!shop.path("status").asText().equals("READY")) {
            if (shop.path("status").asText().equals("FAILED") || System.nanoTime() > deadline) {
                throw new StackException(id + " does not become ready: " + shop);
            }
            Pause.of(PAUSE);
            shop = api.shop(id).body();
        }
        var databases = StreamSupport.stream(shop.get("databases").spliterator(), false)
                .map(database -> database.get("name").asText())
                .collect(Collectors.joining(", "));
        return isNew
                ? "READY %.2f s after its signup, with %s".formatted(seconds(), databases)
                : "is READY since an earlier demo, with " + databases;
    }

    /** Sells offline, syncs, takes what the back office wrote, and says what went over. */
    String sellAndSync(TillProgram program, Path folder) {
        try (var office = open(program, folder.resolve(id + "-office"));
                var till = open(program, folder.resolve(id + "-till"))) {
            var run = Instant.now().toString();
            office.put(List.of(document("discount-" + run, "discount", 5)));
            office.sync();
            till.put(IntStream.range(0, SALES)
                    .mapToObj(sale -> document("sale-" + run + '-' + sale, "sale", 12 + sale))
                    .toList());
            var synced = till.sync();
            office.sync();
            boolean arrived =
                    till.ids().contains("discount-" + run) && office.ids().contains("sale-" + run + "-0");
            if (synced.pushed() != SALES || !arrived) {
                throw new StackException("the till of " + id + " did not sync: " + synced);
            }
            return "the till sent %d sales and took the back office's discount; the back office has the sales"
                    .formatted(synced.pushed());
        }
    }

    /** Asks with this shop's login for another's database. */
    Till.Reached reach(DemoShop other, TillProgram program, Path folder) {
        try (var till = open(program, folder.resolve(id + "-till"))) {
            var own = sales(connection()).get("url").asText();
            // What a curious cashier would do: the own address, with the other's name in it.
            return till.reach(URI.create(own.replace(salesDatabase(), other.salesDatabase())));
        }
    }

    String salesDatabase() {
        return sales(connection()).get("physicalName").asText();
    }

    private Till open(TillProgram program, Path folder) {
        var login = new Till.Login(
                connection().get("login").asText(), connection().get("password").asText());
        return Till.open(
                program, folder, URI.create(sales(connection()).get("url").asText()), login);
    }

    private JsonNode connection() {
        if (connection == null) {
            var answer = api.connection(id);
            if (answer.status() != 200) {
                throw new StackException("the connection of " + id + " was answered " + answer.status());
            }
            connection = answer.body();
        }
        return connection;
    }

    private static JsonNode sales(JsonNode connection) {
        return StreamSupport.stream(connection.get("databases").spliterator(), false)
                .filter(database -> database.get("name").asText().equals("sales"))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, Object> document(String documentId, String type, int amount) {
        return Map.of("_id", documentId, "shopId", id.value(), "type", type, "amount", amount);
    }

    private double seconds() {
        return Duration.ofNanos(System.nanoTime() - signedUpNanos).toMillis() / 1000.0;
    }
}
