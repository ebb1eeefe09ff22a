package io.shopsync.provisioning.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.ReasonCode;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.platform.Roles;
import io.shopsync.provisioning.Api;
import io.shopsync.provisioning.Given;
import io.shopsync.provisioning.Logs;
import io.shopsync.provisioning.ServiceTest;
import io.shopsync.stack.testing.EventLog;
import io.shopsync.stack.testing.Tokens;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ServiceTest
class ShopProgressTest {

    private static final Duration SOON = Duration.ofSeconds(15);

    @Inject
    DataSource dataSource;

    @ConfigProperty(name = "quarkus.datasource.jdbc.max-size")
    int poolSize;

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
    void tellsEachChangeAndEndsWhenTheShopIsReady() {
        // Given
        var shop = Given.shop();
        var wish = signUp(shop);
        var stream = follow(shop);
        await().atMost(SOON).untilAsserted(() -> assertThat(stream.statuses()).containsExactly("REQUESTED"));
        // When
        syncEvents.publish(Given.from(wish, new SyncEvent.ProvisioningStarted(shop)));
        await().atMost(SOON).untilAsserted(() -> assertThat(stream.statuses()).endsWith("PROVISIONING"));
        syncEvents.publish(Given.from(wish, Given.provisioned(shop)));
        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(stream.end).isCompleted());
        assertThat(stream.statuses()).containsExactly("REQUESTED", "PROVISIONING", "READY");
        assertThat(stream.ids()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void endsWhenTheShopHasFailed() {
        // Given
        var shop = Given.shop();
        var wish = signUp(shop);
        var stream = follow(shop);
        // When
        syncEvents.publish(Given.from(
                wish, new SyncEvent.ProvisioningFailed(shop, ReasonCode.COUCHDB_REFUSED_REQUEST, "illegal")));
        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(stream.end).isCompleted());
        assertThat(stream.statuses()).endsWith("FAILED");
    }

    @Test
    void showsThatItIsAliveWhileNothingHappens() {
        // Given
        var shop = Given.shop();
        signUp(shop);
        // When
        var stream = follow(shop);
        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stream.lines)
                        .filteredOn(line -> line.startsWith(":"))
                        .hasSizeGreaterThan(1));
        assertThat(stream.statuses()).containsExactly("REQUESTED");
        stream.end.cancel(true);
    }

    @Test
    void leavesTheDatabaseToOthersHoweverManyFollow() {
        // Given
        var shop = Given.shop();
        var wish = signUp(shop);
        // When
        var streams = Stream.generate(() -> follow(shop)).limit(2L * poolSize).toList();
        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(streams)
                        .allSatisfy(stream -> assertThat(stream.statuses()).containsExactly("REQUESTED")));
        Api.get(shop).then().statusCode(200);
        syncEvents.publish(Given.from(wish, Given.provisioned(shop)));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(streams)
                        .allSatisfy(stream -> assertThat(stream.end).isCompleted()));
    }

    @Test
    void tellsWhatAnotherReplicaHasChanged() throws SQLException {
        // Given
        var shop = Given.shop();
        signUp(shop);
        var stream = follow(shop);
        await().atMost(SOON).untilAsserted(() -> assertThat(stream.statuses()).containsExactly("REQUESTED"));
        // When
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "update shop set status = 'READY', revision = revision + 1 where shop_id = '" + shop + "'");
        }
        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(stream.end).isCompleted());
        assertThat(stream.statuses()).containsExactly("REQUESTED", "READY");
    }

    @Test
    void answersAProblemWhereThereIsNoSuchShop() {
        // When
        var answer = Api.get(Given.shop(), "/progress");
        // Then
        answer.then().statusCode(404).contentType("application/problem+json");
    }

    private UUID signUp(ShopId shop) {
        Api.signUp(shop).then().statusCode(202);
        await().atMost(SOON).untilAsserted(() -> assertThat(shops.of(shop)).isNotEmpty());
        return shops.of(shop).getFirst().id();
    }

    private EventStream follow(ShopId shop) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + Api.path(shop, "/progress")))
                .header("Authorization", "Bearer " + Tokens.of(Roles.OWNER, shop))
                .header("Accept", "text/event-stream")
                .build();
        return new EventStream(request);
    }

    /** A client that keeps what it is sent. */
    private static final class EventStream {

        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Void> end;

        private EventStream(HttpRequest request) {
            end = HttpClient.newHttpClient()
                    .sendAsync(request, BodyHandlers.ofLines())
                    .thenAccept(response -> {
                        assertThat(response.statusCode()).isEqualTo(200);
                        response.body().forEach(lines::add);
                    });
        }

        private List<String> statuses() {
            return lines.stream()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> JsonPath.from(line.substring("data:".length())).getString("status"))
                    .toList();
        }

        private List<Long> ids() {
            return lines.stream()
                    .filter(line -> line.startsWith("id:"))
                    .map(line -> Long.valueOf(line.substring("id:".length()).strip()))
                    .toList();
        }
    }
}
