package io.shopsync.audit.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopsync.audit.Api;
import io.shopsync.audit.Given;
import io.shopsync.contracts.Topic;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.eventing.EnvelopeCodec;
import io.shopsync.stack.testing.EventLog;
import io.shopsync.stack.testing.JwtResource;
import io.shopsync.stack.testing.KafkaResource;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(KafkaResource.class)
@WithTestResource(JwtResource.class)
@WithTestResource(StoppablePostgres.class)
class PostgresOutageTest {

    Runnable stopPostgres;
    Runnable startPostgres;

    @Test
    void answers503MeanwhileAndLosesAndSkipsNothing() {
        try (var shops = EventLog.of(Topic.SHOPS, EnvelopeCodec::encode, EnvelopeCodec::decode)) {
            // Given
            var shop = Given.shop();
            shops.publish(Given.event(Given.created(shop)));
            await().untilAsserted(() ->
                    assertThat(Api.items("/api/v1/events?shop=" + shop)).hasSize(1));
            // When
            stopPostgres.run();
            var during = IntStream.range(0, 50)
                    .mapToObj(i -> Given.event(new ShopEvent.SyncDisabled(shop, "number " + i)))
                    .toList();
            during.forEach(shops::publish);
            // Then
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                Api.get("/api/v1/events?shop=" + shop)
                        .then()
                        .statusCode(503)
                        .contentType("application/problem+json")
                        .body("code", equalTo("unavailable"));
                given().get("/q/health/ready").then().statusCode(503);
                given().get("/q/health/live").then().statusCode(200);
            });
            // When
            startPostgres.run();
            // Then
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(Api.items("/api/v1/events?limit=1000&shop=" + shop))
                        .extracting(event -> event.get("id"))
                        .containsAll(during.stream()
                                .map(event -> event.id().toString())
                                .toList())
                        .hasSize(during.size() + 1);
                given().get("/q/health/ready").then().statusCode(200);
            });
        }
    }
}
