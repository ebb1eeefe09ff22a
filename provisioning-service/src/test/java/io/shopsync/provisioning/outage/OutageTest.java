package io.shopsync.provisioning.outage;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.eventing.EnvelopeCodec;
import io.shopsync.provisioning.Api;
import io.shopsync.provisioning.Given;
import io.shopsync.stack.testing.EventLog;
import io.shopsync.stack.testing.JwtResource;
import java.time.Duration;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoppableServers.class)
@WithTestResource(JwtResource.class)
class OutageTest {

    private static final Duration A_RECONNECT = Duration.ofSeconds(60);

    Runnable stopKafka;
    Runnable startKafka;
    Runnable stopPostgres;
    Runnable startPostgres;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Test
    void acceptsSignupsWhileKafkaIsAwayAndPublishesThemAfterwards() {
        // Given
        stopKafka.run();
        var shops = Stream.generate(Given::shop).limit(20).toList();
        // When
        shops.forEach(shop -> Api.signUp(shop).then().statusCode(202));
        // Then
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/q/health/live").then().statusCode(200);
        // When
        startKafka.run();
        // Then
        try (var log = log("shops")) {
            await().atMost(A_RECONNECT)
                    .untilAsserted(() -> assertThat(shops)
                            .allSatisfy(shop -> assertThat(log.of(shop, ShopEvent.Created.class))
                                    .isNotEmpty()));
            // Published again after a failed round, perhaps, but as the same event.
            assertThat(shops)
                    .allSatisfy(shop -> assertThat(log.of(shop))
                            .extracting(event -> event.id())
                            .containsOnly(log.of(shop).getFirst().id()));
        }
    }

    @Test
    void answers503WhilePostgresIsAwayAndGoesOnAfterwards() {
        // Given
        var before = Given.shop();
        var during = Given.shop();
        Api.signUp(before).then().statusCode(202);
        // When
        stopPostgres.run();
        // Then
        assertUnavailable(during);
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(503);
        // When
        startPostgres.run();
        // Then
        await().atMost(A_RECONNECT).untilAsserted(() -> Api.get(before).then().statusCode(200));
        Api.get(during).then().statusCode(404);
        Api.signUp(during).then().statusCode(202);
        await().atMost(A_RECONNECT)
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void keepsWhatTheOrchestratorSaidWhilePostgresWasAway() {
        // Given
        var shop = Given.shop();
        Api.signUp(shop).then().statusCode(202);
        try (var shops = log("shops");
                var syncEvents = log("sync-events")) {
            await().atMost(A_RECONNECT)
                    .untilAsserted(() -> assertThat(shops.of(shop)).isNotEmpty());
            var wish = shops.of(shop).getFirst().id();
            // When
            stopPostgres.run();
            syncEvents.publish(Given.from(wish, Given.provisioned(shop)));
            assertUnavailable(Given.shop());
            startPostgres.run();
            // Then
            await().atMost(A_RECONNECT)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(Api.status(shop)).isEqualTo("READY"));
        }
    }

    private static void assertUnavailable(ShopId shop) {
        Api.signUp(shop)
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .body("code", equalTo("unavailable"));
        Api.get(shop).then().statusCode(503).body("code", equalTo("unavailable"));
        Api.asAdmin().get(Api.SHOPS).then().statusCode(503).body("code", equalTo("unavailable"));
    }

    private EventLog log(String topic) {
        return EventLog.of(topic, kafka, EnvelopeCodec::encode, EnvelopeCodec::decode);
    }
}
