package io.shopsync.provisioning.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.micrometer.core.instrument.MeterRegistry;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.ReasonCode;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.eventing.EnvelopeCodec;
import io.shopsync.provisioning.Api;
import io.shopsync.provisioning.Given;
import io.shopsync.provisioning.Logs;
import io.shopsync.provisioning.ServiceTest;
import io.shopsync.provisioning.platform.MetricNames;
import io.shopsync.stack.testing.EventLog;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ServiceTest
class SyncEventsTest {

    private static final Duration SOON = Duration.ofSeconds(15);

    @Inject
    MeterRegistry metrics;

    private EventLog shops;
    private EventLog syncEvents;

    @BeforeEach
    void openLogs() {
        shops = Logs.shops();
        syncEvents = Logs.syncEvents();
    }

    @AfterEach
    void closeLogs() {
        shops.close();
        syncEvents.close();
    }

    @Test
    void showsAShopReadyWithItsDatabasesAndTimes() {
        // Given
        var shop = Given.shop();
        var wish = signUp(shop);
        // When
        syncEvents.publish(Given.from(wish, new SyncEvent.ProvisioningStarted(shop)));
        awaitStatus(shop, "PROVISIONING");
        syncEvents.publish(Given.from(wish, Given.provisioned(shop)));
        // Then
        awaitStatus(shop, "READY");
        Api.get(shop)
                .then()
                .body("readyAt", notNullValue())
                .body("reason", nullValue())
                .body("databases.status", everyItem(equalTo("READY")))
                .body("databases.readyAt", everyItem(notNullValue()));
    }

    @Test
    void measuresTheTimeToReadyOncePerShop() {
        // Given
        var shop = Given.shop();
        var wish = signUp(shop);
        var before = metrics.get(MetricNames.SIGNUP_TO_READY).timer().count();
        // When
        syncEvents.publish(Given.from(wish, Given.provisioned(shop)));
        syncEvents.publish(Given.from(wish, Given.provisioned(shop)));
        awaitStatus(shop, "READY");
        awaitHandled(shop);
        // Then
        var timer = metrics.get(MetricNames.SIGNUP_TO_READY).timer();
        // Two shops: this one, and the one that shows that all is handled.
        assertThat(timer.count()).isEqualTo(before + 2);
        assertThat(timer.takeSnapshot().histogramCounts()).isNotEmpty();
    }

    @Test
    void saysWhyAShopWaits() {
        // Given
        var shop = Given.shop();
        var wish = signUp(shop);
        var retryAt = Instant.now().plusSeconds(30);
        // When
        syncEvents.publish(Given.from(
                wish,
                new SyncEvent.ProvisioningDelayed(
                        shop, ReasonCode.COUCHDB_UNREACHABLE, "connection refused", 3, retryAt)));
        // Then
        awaitStatus(shop, "DELAYED");
        Api.get(shop)
                .then()
                .body("reason", equalTo("COUCHDB_UNREACHABLE"))
                .body("detail", equalTo("connection refused"))
                .body("retryAt", notNullValue());
    }

    @Test
    void saysWhyAShopFailed() {
        // Given
        var shop = Given.shop();
        var wish = signUp(shop);
        // When
        syncEvents.publish(Given.from(
                wish, new SyncEvent.ProvisioningFailed(shop, ReasonCode.COUCHDB_REFUSED_REQUEST, "illegal name")));
        // Then
        awaitStatus(shop, "FAILED");
        Api.get(shop).then().body("reason", equalTo("COUCHDB_REFUSED_REQUEST")).body("retryAt", nullValue());
    }

    @Test
    void doesNotTakeAnOutcomeOfAnOlderWishForTheNewOne() {
        // Given
        var shop = Given.shop();
        var wish = signUp(shop);
        syncEvents.publish(Given.from(wish, Given.provisioned(shop)));
        awaitStatus(shop, "READY");
        Api.asAdmin().post(Api.path(shop, "/credentials/rotate")).then().statusCode(202);
        // When
        syncEvents.publish(Given.from(wish, Given.provisioned(shop)));
        awaitHandled(shop);
        // Then
        assertThat(Api.status(shop)).isEqualTo("PROVISIONING");
    }

    @Test
    void handlesAnEventThatComesTwiceOnce() {
        // Given
        var shop = Given.shop();
        var wish = signUp(shop);
        var delayed = Given.from(
                wish, new SyncEvent.ProvisioningDelayed(shop, ReasonCode.COUCHDB_ERROR, "500", 1, Instant.now()));
        syncEvents.publish(delayed);
        syncEvents.publish(Given.from(wish, Given.provisioned(shop)));
        awaitStatus(shop, "READY");
        // When
        syncEvents.publish(delayed);
        awaitHandled(shop);
        // Then
        assertThat(Api.status(shop)).isEqualTo("READY");
    }

    @Test
    void putsAsideWhatItCannotReadAndGoesOn() {
        // Given
        var shop = Given.shop();
        var wish = signUp(shop);
        // When
        try (var deadLetters = Logs.deadLetters()) {
            syncEvents.publish(shop.value(), "no CloudEvent".getBytes(StandardCharsets.UTF_8));
            syncEvents.publish(
                    shop.value(),
                    EnvelopeCodec.encode(Envelope.of("/test", Instant.now(), new ShopEvent.SyncEnabled(shop))));
            syncEvents.publish(Given.from(wish, Given.provisioned(shop)));
            // Then
            awaitStatus(shop, "READY");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(deadLetters.records())
                            .filteredOn(letter -> shop.value().equals(letter.key()))
                            .hasSize(2)
                            .allSatisfy(letter -> assertThat(letter.headers()
                                            .lastHeader("dead-letter-reason")
                                            .value())
                                    .isNotEmpty())
                            .first()
                            .satisfies(letter ->
                                    assertThat(letter.value()).asString().isEqualTo("no CloudEvent")));
        }
    }

    @Test
    void putsAsideAnEventThatCannotBeAppliedAndAppliesItsNeighbours() {
        // Given
        var shop = Given.shop();
        var wish = signUp(shop);
        var sales = Given.databases("sales");
        // When
        try (var deadLetters = Logs.deadLetters()) {
            syncEvents.publish(Given.from(wish, Given.provisioned(shop, sales[0], sales[0])));
            syncEvents.publish(Given.from(
                    wish, new SyncEvent.ProvisioningFailed(shop, ReasonCode.COUCHDB_REFUSED_REQUEST, "illegal")));
            // Then
            awaitStatus(shop, "FAILED");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(deadLetters.records())
                            .filteredOn(letter -> shop.value().equals(letter.key()))
                            .hasSize(1));
        }
    }

    @Test
    void passesOverAShopItDoesNotKnow() {
        // Given
        var stranger = Given.shop();
        // When
        syncEvents.publish(Given.from(UUID.randomUUID(), Given.provisioned(stranger)));
        awaitHandled(stranger);
        // Then
        Api.get(stranger).then().statusCode(404);
    }

    @Test
    void bringsManyShopsToReadyTogether() {
        // Given
        var many = Stream.generate(Given::shop).limit(60).toList();
        var wishes = many.stream().map(this::signUp).toList();
        // When
        for (var i = 0; i < many.size(); i++) {
            syncEvents.publish(Given.from(wishes.get(i), new SyncEvent.ProvisioningStarted(many.get(i))));
            syncEvents.publish(Given.from(wishes.get(i), Given.provisioned(many.get(i))));
        }
        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(many).extracting(Api::status).containsOnly("READY"));
    }

    private UUID signUp(ShopId shop) {
        Api.signUp(shop).then().statusCode(202);
        await().atMost(SOON).untilAsserted(() -> assertThat(shops.of(shop)).isNotEmpty());
        return shops.of(shop).getFirst().id();
    }

    private static void awaitStatus(ShopId shop, String status) {
        await().atMost(SOON).untilAsserted(() -> assertThat(Api.status(shop)).isEqualTo(status));
    }

    /** Whatever was published about the shop before is handled: a marker follows it on the same partition. */
    private void awaitHandled(ShopId shop) {
        var marker = Given.shop();
        syncEvents.publish(shop.value(), EnvelopeCodec.encode(Given.from(signUp(marker), Given.provisioned(marker))));
        awaitStatus(marker, "READY");
    }
}
