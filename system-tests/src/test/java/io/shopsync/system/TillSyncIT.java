package io.shopsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shopsync.contracts.ShopId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TillSyncIT {

    private static final Duration LIVE = Duration.ofSeconds(20);

    private final SystemUnderTest system = SystemUnderTest.get();

    @TempDir
    private Path folder;

    @Test
    void tillsOfAShopShareWhatTheyWroteOffline() {
        // Given
        var shop = system.readyShop("share");
        try (var counter = system.till(shop, "sales", folder.resolve("counter"));
                var office = system.till(shop, "sales", folder.resolve("office"))) {
            counter.put(List.of(sale(shop, "sale-1"), sale(shop, "sale-2")));
            office.put(List.of(sale(shop, "refund-1")));
            // When
            assertThat(counter.sync().pushed()).isEqualTo(2);
            assertThat(office.sync().pushed()).isEqualTo(1);
            assertThat(counter.sync().pulled()).isEqualTo(1);
            // Then
            assertThat(counter.ids()).containsExactly("refund-1", "sale-1", "sale-2");
            assertThat(office.ids()).containsExactlyElementsOf(counter.ids());
            assertThat(office.read("sale-2").get("shopId").asText()).isEqualTo(shop.value());
        }
    }

    @Test
    void aLiveTillSeesAnotherTillsSaleWithoutAsking() {
        // Given
        var shop = system.readyShop("live");
        try (var counter = system.till(shop, "sales", folder.resolve("counter"));
                var office = system.till(shop, "sales", folder.resolve("office"))) {
            office.live();
            // When
            counter.put(List.of(sale(shop, "sale-1")));
            counter.sync();
            // Then
            await().atMost(LIVE).untilAsserted(() -> assertThat(office.ids()).contains("sale-1"));
        }
    }

    @Test
    void aTillIsRefusedAtAnotherShopsDatabases() {
        // Given
        var nosy = system.readyShop("nosy");
        var other = system.readyShop("other");
        try (var till = system.till(nosy, "sales", folder.resolve("till"))) {
            for (var database : List.of("products", "sales", "purchases", "users")) {
                // When
                var reached = till.reach(system.database(other, database));
                // Then
                assertThat(reached.status()).as(database).isEqualTo(403);
            }
        }
    }

    @Test
    void aDocumentThatCarriesAnotherShopsIdStaysOnTheTill() {
        // Given
        var shop = system.readyShop("guarded");
        var other = SystemUnderTest.freshShop("other");
        try (var till = system.till(shop, "sales", folder.resolve("till"));
                var office = system.till(shop, "sales", folder.resolve("office"))) {
            till.put(List.of(sale(shop, "own"), sale(other, "foreign"), Map.of("_id", "unmarked", "amount", 1)));
            // When
            var synced = till.sync();
            office.sync();
            // Then
            assertThat(synced.pushed()).isEqualTo(1);
            assertThat(synced.refused()).isEqualTo(2);
            assertThat(office.ids()).containsExactly("own");
        }
    }

    private static Map<String, Object> sale(ShopId shop, String id) {
        return Map.of("_id", id, "shopId", shop.value(), "amount", 12);
    }
}
