package io.shopsync.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shopsync.audit.Api;
import io.shopsync.audit.AuditTest;
import io.shopsync.audit.Given;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.eventing.EnvelopeCodec;
import io.shopsync.stack.testing.EventLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@AuditTest
class LedgerTest {

    private static EventLog shops;
    private static EventLog syncEvents;

    @BeforeAll
    static void openTopics() {
        shops = EventLog.of(Topic.SHOPS, EnvelopeCodec::encode, EnvelopeCodec::decode);
        syncEvents = EventLog.of(Topic.SYNC_EVENTS, EnvelopeCodec::encode, EnvelopeCodec::decode);
    }

    @AfterAll
    static void closeTopics() {
        shops.close();
        syncEvents.close();
    }

    @Test
    void recordsAnEventWithAllThatItsEnvelopeSays() {
        // Given
        var shop = Given.shop();
        var cause = UUID.randomUUID();
        var event = Given.event(Given.created(shop)).askedBy("alice").causedBy(cause);
        // When
        shops.publish(event);
        // Then
        await().untilAsserted(() -> assertThat(eventsOf(shop))
                .singleElement()
                .satisfies(recorded -> assertThat(recorded)
                        .containsEntry("id", event.id().toString())
                        .containsEntry("time", event.time().toString())
                        .containsEntry("type", "shopsync.shop.created.v1")
                        .containsEntry("source", "/test")
                        .containsEntry("topic", "shops")
                        .containsEntry("cause", cause.toString())
                        .containsEntry("actor", "alice")));
    }

    @Test
    void keepsNoKeyOfALogin() {
        // Given
        var shop = Given.shop();
        // When
        shops.publish(Given.event(Given.created(shop)));
        // Then
        await().untilAsserted(() -> assertThat(eventsOf(shop)).hasSize(1));
        assertThat(Api.get("/api/v1/events?shop=" + shop).asString())
                .contains(shop.syncLogin())
                .doesNotContain(Given.SALT, Given.DERIVED_KEY, "derivedKey");
    }

    @Test
    void recordsAnEventOnceHoweverOftenItComes() {
        // Given
        var shop = Given.shop();
        var event = Given.at(Instant.parse("2026-01-01T00:00:00Z"), new ShopEvent.SyncEnabled(shop));
        var last = Given.at(Instant.parse("2026-01-02T00:00:00Z"), new ShopEvent.SyncDisabled(shop, "unpaid"));
        // When
        for (int i = 0; i < 5; i++) {
            shops.publish(event);
        }
        shops.publish(last);
        // Then
        await().untilAsserted(() -> assertThat(eventsOf(shop))
                .extracting(recorded -> recorded.get("id"))
                .containsExactly(last.id().toString(), event.id().toString()));
    }

    @Test
    void listsByTimeAlsoWhatCameOutOfOrder() {
        // Given
        var shop = Given.shop();
        var first = Given.at(Instant.parse("2025-03-01T00:00:00Z"), new ShopEvent.SyncEnabled(shop));
        var second = Given.at(Instant.parse("2025-03-02T00:00:00Z"), new SyncEvent.ProvisioningStarted(shop));
        var third = Given.at(Instant.parse("2025-03-03T00:00:00Z"), new ShopEvent.SyncEnabled(shop));
        // When
        shops.publish(third);
        syncEvents.publish(second);
        shops.publish(first);
        // Then
        await().untilAsserted(() -> assertThat(Api.items("/api/v1/events?order=asc&shop=" + shop))
                .extracting(recorded -> recorded.get("id"))
                .containsExactly(
                        first.id().toString(),
                        second.id().toString(),
                        third.id().toString()));
    }

    @Test
    void keepsMonthsApartToTheMillisecond() {
        // Given
        var shop = Given.shop();
        var times = List.of(
                Instant.parse("2024-01-31T23:59:59.999Z"),
                Instant.parse("2024-02-01T00:00:00Z"),
                Instant.parse("2024-02-29T23:59:59.999Z"),
                Instant.parse("2024-03-01T00:00:00Z"));
        // When
        times.forEach(time -> shops.publish(Given.at(time, new ShopEvent.SyncEnabled(shop))));
        // Then
        await().untilAsserted(() -> assertThat(eventsOf(shop)).hasSize(times.size()));
        assertThat(Api.items("/api/v1/events?from=2024-02-01T00:00:00Z&to=2024-03-01T00:00:00Z&order=asc&shop=" + shop))
                .extracting(recorded -> recorded.get("time"))
                .containsExactly("2024-02-01T00:00:00Z", "2024-02-29T23:59:59.999Z");
    }

    @Test
    void keepsAnEventOfATypeItDoesNotKnow() {
        // Given
        var shop = Given.shop();
        var event = """
                {"specversion":"1.0","id":"%s","source":"/newer","type":"shopsync.shop.moved.v7","subject":"%s",
                 "time":"2026-01-02T03:04:05Z","data":{"cell":"eu-2","nested":{"n":1}}}
                """.formatted(UUID.randomUUID(), shop);
        // When
        shops.publish(shop.value(), event.getBytes(StandardCharsets.UTF_8));
        // Then
        await().untilAsserted(() -> assertThat(eventsOf(shop))
                .singleElement()
                .satisfies(recorded -> assertThat(recorded)
                        .containsEntry("type", "shopsync.shop.moved.v7")
                        .containsEntry("data", Map.of("cell", "eu-2", "nested", Map.of("n", 1)))));
    }

    private static List<Map<String, Object>> eventsOf(ShopId shop) {
        return Api.items("/api/v1/events?shop=" + shop);
    }
}
