package io.shopsync.orchestrator.sync;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;
import io.shopsync.contracts.metrics.SyncSample;
import io.shopsync.contracts.sync.HealthReason;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.contracts.sync.SyncHealth;
import io.shopsync.couchdb.document.RawJson;
import io.shopsync.eventing.EnvelopeCodec;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.platform.Jdbc;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.platform.Roles;
import io.shopsync.stack.testing.EventLog;
import io.shopsync.stack.testing.Tokens;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an operator sees of a shop's replication, told by the rows that replication keeps. */
@OrchestratorTest
@TestProfile(Impatient.class)
class TargetStatusTest {

    private static final Duration SECONDS = Duration.ofSeconds(15);
    private static final String TARGET = "warehouse";

    private static Stage stage;
    private static EventLog samples;

    @Inject
    Jdbc jdbc;

    @BeforeAll
    static void open() {
        stage = new Stage();
        samples = EventLog.of(Topic.SYNC_METRICS, EnvelopeCodec::encode, EnvelopeCodec::decode);
    }

    @AfterAll
    static void close() {
        samples.close();
        stage.close();
    }

    @Test
    void countsWhatATargetHasYetToGetAtCouchDB() {
        // Given a target that has everything
        var shop = stage.ready(Shops.created(Shops.fresh()));
        var sales = stage.couch().database("shop_" + shop + "_sales");
        pair(shop, "IDLE", sales.info().updateSeq());
        assertThat(sync(shop).getInt("databases.find { it.name == 'sales' }.targets[0].documentsPending"))
                .isZero();
        // When
        sales.bulk()
                .replicate(IntStream.rangeClosed(1, 9)
                        .mapToObj(i -> RawJson.of("""
                        {"_id":"sale-%d","_rev":"1-0000000000000000000000000000000%d","shopId":"%s",
                         "_revisions":{"start":1,"ids":["0000000000000000000000000000000%d"]}}""".formatted(i, i, shop, i).getBytes(StandardCharsets.UTF_8)))
                        .toList());
        // Then what was seen just before has had its time, and CouchDB is asked again
        await().atMost(SECONDS)
                .untilAsserted(() -> assertThat(
                                sync(shop).getInt("databases.find { it.name == 'sales' }.targets[0].documentsPending"))
                        .isEqualTo(9));
        var target = sync(shop);
        assertThat(target.getString("databases.find { it.name == 'sales' }.targets[0].target"))
                .isEqualTo(TARGET);
        assertThat(target.getString("health.state")).isEqualTo("OK");
    }

    @Test
    void aTargetThatFailsSaysWhyAndMakesTheShopFailUntilItIsMended() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        pair(shop, "IDLE", "0");
        // When
        fail(shop, "TARGET_UNREACHABLE", "connection refused");
        // Then
        await().atMost(SECONDS)
                .untilAsserted(() -> assertThat(stage.told(shop, SyncEvent.HealthChanged.class))
                        .containsExactly(new SyncEvent.HealthChanged(
                                shop,
                                SyncHealth.OK,
                                SyncHealth.FAILING,
                                HealthReason.REPLICATION_FAILING,
                                List.of(new DatabaseName("sales")))));
        var sync = sync(shop);
        assertThat(sync.getString("lastError.code")).isEqualTo("TARGET_UNREACHABLE");
        assertThat(sync.getString("lastError.detail")).isEqualTo("connection refused");
        assertThat(sync.getString("lastError.whatToDo")).contains("cannot be reached");
        assertThat(sync.getString("health.whatToDo")).isNotBlank();
        // When
        jdbc.update(
                "update replication_pair set state = 'IDLE', attempt = 0, last_error = null where shop = ?",
                shop.value());
        // Then
        await().atMost(SECONDS)
                .untilAsserted(
                        () -> assertThat(sync(shop).getString("health.state")).isEqualTo("OK"));
    }

    @Test
    void tellsWhatATargetGotSinceTheLastSampleOnce() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        pair(shop, "IDLE", "0");
        sync(shop);
        // When
        copied(shop, 5);
        await().atMost(SECONDS).untilAsserted(() -> assertThat(replicated(shop)).hasSize(1));
        copied(shop, 7);
        // Then
        await().atMost(SECONDS).untilAsserted(() -> assertThat(replicated(shop)).hasSize(2));
        assertThat(replicated(shop)).allSatisfy(sample -> {
            assertThat(sample.engine()).isEqualTo("on-change");
            assertThat(sample.direction()).isEqualTo("push");
            assertThat(sample.target()).isEqualTo(TARGET);
        });
        assertThat(replicated(shop))
                .extracting(SyncSample.Replication::documentsWritten)
                .containsExactly(5L, 7L);
        assertThat(replicated(shop))
                .extracting(SyncSample.Replication::bytesRead)
                .containsExactly(500L, 700L);
    }

    @Test
    void showsItsMeters() {
        await().atMost(SECONDS)
                .untilAsserted(() -> assertThat(
                                given().accept("text/plain").get("/q/metrics").asString())
                        .contains(
                                "shopsync_sync_shops{health=\"failing\"",
                                "shopsync_sync_devices{state=\"stopped\"",
                                "shopsync_sync_replications_waiting",
                                "shopsync_sync_looks_waiting",
                                "shopsync_sync_look_seconds_bucket"));
    }

    private static List<SyncSample.Replication> replicated(ShopId shop) {
        return samples.of(shop, SyncSample.Replication.class);
    }

    private void pair(ShopId shop, String state, String sourceSeq) {
        jdbc.update(
                "insert into replication_pair (physical_name, target, direction, shop, engine, state, source_seq, last_sync_at)"
                        + " values (?, ?, 'PUSH', ?, 'ON_CHANGE', ?, ?, now())",
                "shop_" + shop + "_sales",
                TARGET,
                shop.value(),
                state,
                sourceSeq);
    }

    private void fail(ShopId shop, String code, String detail) {
        jdbc.update(
                "update replication_pair set state = 'RETRYING', state_since = now(), attempt = 3, last_error = ?,"
                        + " last_error_detail = ?, last_error_at = now(), next_attempt_at = now() + interval '1 hour'"
                        + " where shop = ?",
                code,
                detail,
                shop.value());
    }

    private void copied(ShopId shop, int documents) {
        jdbc.update(
                "update replication_pair set documents_read = documents_read + ?, documents_written = documents_written + ?,"
                        + " bytes = bytes + ?, busy_millis = busy_millis + 10 where shop = ?",
                documents,
                documents,
                100 * documents,
                shop.value());
    }

    private static JsonPath sync(ShopId shop) {
        return given().auth()
                .oauth2(Tokens.of(Roles.OPERATOR))
                .get("/api/v1/shops/" + shop + "/sync")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
