package io.shopsync.stack.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;
import io.shopsync.contracts.change.DatabaseChanged;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TestResourcesTest {

    @Test
    void giveEachApplicationAnEmptyDatabaseOfTheSameServer() throws Exception {
        // When
        var first = new PostgresResource().start();
        var second = new PostgresResource().start();
        // Then
        assertThat(first.get("quarkus.datasource.jdbc.url")).isNotEqualTo(second.get("quarkus.datasource.jdbc.url"));
        try (var connection = DriverManager.getConnection(
                second.get("quarkus.datasource.jdbc.url"),
                second.get("quarkus.datasource.username"),
                second.get("quarkus.datasource.password"))) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void showWhatIsPublishedAndPassOverWhatCannotBeRead() {
        var shop = new ShopId("log-shop");
        try (var log = EventLog.of(Topic.DATABASE_CHANGES, TestResourcesTest::encode, TestResourcesTest::decode)) {
            // When
            log.publish(Envelope.of("/test", Instant.now(), new DatabaseChanged(shop, new DatabaseName("sales"))));
            log.publish(shop.value(), "garbage".getBytes(StandardCharsets.UTF_8));
            // Then
            await().untilAsserted(() -> assertThat(log.records()).hasSize(2));
            assertThat(log.of(shop, DatabaseChanged.class))
                    .containsExactly(new DatabaseChanged(shop, new DatabaseName("sales")));
        }
    }

    private static byte[] encode(Envelope<?> envelope) {
        var change = (DatabaseChanged) envelope.body();
        return (envelope.id() + " " + change.shop() + " " + change.database()).getBytes(StandardCharsets.UTF_8);
    }

    private static Envelope<?> decode(byte[] value) {
        var parts = new String(value, StandardCharsets.UTF_8).split(" ", 3);
        return new Envelope<>(
                UUID.fromString(parts[0]),
                "/test",
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                new DatabaseChanged(new ShopId(parts[1]), new DatabaseName(parts[2])));
    }
}
