package io.shopsync.audit.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.shopsync.audit.Api;
import io.shopsync.audit.AuditTest;
import io.shopsync.audit.Given;
import io.shopsync.audit.platform.Database;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;
import io.shopsync.contracts.metrics.SyncSample;
import io.shopsync.eventing.EnvelopeCodec;
import io.shopsync.stack.testing.EventLog;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@AuditTest
class SamplesTest {

    private static final DatabaseName SALES = new DatabaseName("sales");

    private static EventLog topic;

    @Inject
    Database database;

    @Inject
    Days days;

    @BeforeAll
    static void openTopic() {
        topic = EventLog.of(Topic.SYNC_METRICS, EnvelopeCodec::encode, EnvelopeCodec::decode);
    }

    @AfterAll
    static void closeTopic() {
        topic.close();
    }

    @Test
    void keepsSamplesApartFromFacts() {
        // Given
        var shop = Given.shop();
        // When
        topic.publish(Given.event(size(shop, "sales", 12)));
        topic.publish(Given.event(size(shop, "products", 7)));
        // Then
        await().untilAsserted(() ->
                assertThat(Api.items("/api/v1/shops/" + shop + "/samples")).hasSize(2));
        assertThat(Api.items("/api/v1/shops/" + shop + "/samples?database=sales"))
                .singleElement()
                .satisfies(sample -> assertThat(sample)
                        .containsEntry("database", "sales")
                        .containsEntry(
                                "data",
                                Map.of(
                                        "shop",
                                        shop.value(),
                                        "database",
                                        "sales",
                                        "documents",
                                        12,
                                        "deletedDocuments",
                                        1,
                                        "bytes",
                                        4096)));
        assertThat(Api.items("/api/v1/events?shop=" + shop)).isEmpty();
    }

    @Test
    void passesOverASampleThatIsOlderThanTheRetention() {
        // Given
        var shop = Given.shop();
        // When
        topic.publish(Given.at(Instant.now().minus(Duration.ofDays(90)), size(shop, "sales", 1)));
        var recent = Given.at(Instant.now().minus(Duration.ofDays(3)), size(shop, "sales", 2));
        topic.publish(recent);
        // Then
        await().untilAsserted(() -> assertThat(Api.items("/api/v1/shops/" + shop + "/samples"))
                .extracting(sample -> sample.get("id"))
                .containsExactly(recent.id().toString()));
    }

    @Test
    void dropsTheDaysBeforeTheRetentionAndMakesTheNextOnes() {
        // Given
        var today = LocalDate.now(ZoneOffset.UTC);
        var old = today.minusDays(31);
        execute("select metric_ensure_day('" + old + "')");
        // When
        days.keep();
        // Then
        assertThat(exists(old)).isFalse();
        assertThat(exists(today)).isTrue();
        assertThat(exists(today.plusDays(2))).isTrue();
    }

    @Test
    void sumsUpHowSyncFaredInStepsOfTime() {
        // Given
        var shop = Given.shop();
        var start = Instant.now().truncatedTo(ChronoUnit.DAYS);
        Stream.of(
                        Given.at(start, replication(shop, "standby", 5, Optional.empty(), 0)),
                        Given.at(start.plusSeconds(30), replication(shop, "standby", 7, Optional.of(3L), 900)),
                        Given.at(start.plusSeconds(45), replication(shop, "edge-1", 1, Optional.of(0L), 0)),
                        Given.at(start.plusSeconds(60), replication(shop, "standby", 2, Optional.of(1L), 20)),
                        Given.at(start.plusSeconds(61), new SyncSample.Devices(shop, SALES, 4, 1, 1, 9, 5_000)),
                        Given.at(start.plusSeconds(62), new SyncSample.Devices(shop, SALES, 5, 0, 2, 8, 6_000)),
                        Given.at(start.plusSeconds(120), replication(shop, "standby", 99, Optional.empty(), 0)))
                .forEach(topic::publish);
        // When
        var path =
                "/api/v1/shops/%s/sync-metrics?step=PT1M&from=%s&to=%s".formatted(shop, start, start.plusSeconds(120));
        // Then
        await().untilAsserted(() -> {
            var json = Api.get(path).then().statusCode(200).extract().jsonPath();
            assertThat(json.getString("step")).isEqualTo("PT1M");
            assertThat(json.getList("replication.target")).containsExactly("edge-1", "standby", "standby");
            assertThat(json.getList("replication.documentsRead")).containsExactly(1, 12, 2);
            assertThat(json.getList("replication.pending")).containsExactly(0, 3, 1);
            assertThat(json.getList("replication.lagMillis")).containsExactly(0, 900, 20);
            assertThat(json.getList("devices.devices")).containsExactly(5);
            assertThat(json.getList("devices.stopped")).containsExactly(2);
            assertThat(json.getList("devices.pending")).containsExactly(9);
        });
        Api.get(path + "&database=products").then().statusCode(200).body("replication.size()", equalTo(0));
    }

    private boolean exists(LocalDate day) {
        return database.query(connection -> {
            try (var select = connection.prepareStatement("select to_regclass(?) is not null")) {
                select.setString(1, "metric_sample_" + day.toString().replace('-', '_'));
                try (var result = select.executeQuery()) {
                    return result.next() && result.getBoolean(1);
                }
            }
        });
    }

    private void execute(String sql) {
        database.query(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private static SyncSample.DatabaseSize size(ShopId shop, String database, long documents) {
        return new SyncSample.DatabaseSize(shop, new DatabaseName(database), documents, 1, 4096);
    }

    private static SyncSample.Replication replication(
            ShopId shop, String target, long read, Optional<Long> pending, long lagMillis) {
        return new SyncSample.Replication(
                shop, SALES, "on-change", target, "push", read, read, 0, 100 * read, 10, pending, lagMillis);
    }
}
