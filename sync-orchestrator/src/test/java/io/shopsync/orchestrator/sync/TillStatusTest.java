package io.shopsync.orchestrator.sync;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;
import io.shopsync.contracts.metrics.SyncSample;
import io.shopsync.contracts.sync.HealthReason;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.contracts.sync.SyncHealth;
import io.shopsync.couchdb.Database;
import io.shopsync.eventing.EnvelopeCodec;
import io.shopsync.orchestrator.Faults;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.platform.Roles;
import io.shopsync.stack.testing.CouchResource;
import io.shopsync.stack.testing.EventLog;
import io.shopsync.stack.testing.Tokens;
import io.shopsync.stack.till.Till;
import io.shopsync.stack.till.TillProgram;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a PouchDB till. */
@OrchestratorTest
@TestProfile(Impatient.class)
class TillStatusTest {

    private static final Duration SECONDS = Duration.ofSeconds(15);

    private static Stage stage;
    private static EventLog samples;
    private static TillProgram tills;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() {
        stage = new Stage();
        samples = EventLog.of(Topic.SYNC_METRICS, EnvelopeCodec::encode, EnvelopeCodec::decode);
        tills = TillProgram.in(Path.of("..").toAbsolutePath().normalize());
    }

    @AfterAll
    static void close() {
        samples.close();
        stage.close();
    }

    @Test
    void aTillThatSyncsIsADeviceWithinSeconds() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        try (var till = till(shop)) {
            till.put(sales(shop, 1, 5));
            // When
            till.sync();
            till.sync();
            // Then
            await().atMost(SECONDS).untilAsserted(() -> {
                var sync = sync(shop);
                assertThat(devices(sync, "kind")).containsOnly("POUCHDB").hasSize(2);
                assertThat(devices(sync, "direction")).containsExactlyInAnyOrder("PULL", "PUSH");
                assertThat(devices(sync, "state")).containsExactlyInAnyOrder("UP_TO_DATE", "WRITES");
                assertThat(sync.getLong("documentsPending")).isZero();
                assertThat(sync.getString("health.state")).isEqualTo("OK");
                assertThat(sync.getString("state")).isEqualTo("SYNCING");
                assertThat(sync.getString("lastSyncAt")).isNotNull();
            });
        }
        assertThat(sync(shop).getList("databases.find { it.name == 'products' }.devices"))
                .isEmpty();
    }

    @Test
    void aTillThatStoppedIsShownWithWhatItMissedUntilItIsBack() {
        // Given a till that has everything, and is switched off
        var shop = stage.ready(Shops.created(Shops.fresh()));
        try (var till = till(shop)) {
            till.put(sales(shop, 1, 1));
            till.sync();
            till.sync();
            await().atMost(SECONDS)
                    .untilAsserted(
                            () -> assertThat(devices(sync(shop), "state")).contains("UP_TO_DATE"));
        }
        // When others go on selling
        var sold = new int[1];
        await().atMost(SECONDS).untilAsserted(() -> {
            database(shop).documents().put("other-" + ++sold[0], document(shop));
            // Then it has stopped, and what it has missed is counted to the document
            var sync = sync(shop);
            assertThat(devices(sync, "documentsPending")).contains(sold[0]);
            assertThat(devices(sync, "state")).contains("STOPPED");
        });
        await().atMost(SECONDS)
                .untilAsserted(() -> assertThat(
                                stage.told(shop, SyncEvent.HealthChanged.class).getLast())
                        .isEqualTo(new SyncEvent.HealthChanged(
                                shop,
                                SyncHealth.OK,
                                SyncHealth.STALLED,
                                HealthReason.DEVICES_STOPPED,
                                List.of(new DatabaseName("sales")))));
        assertThat(list().getList("items.shopId")).contains(shop.value());
        // When it is switched on again
        try (var till = till(shop)) {
            till.sync();
            // Then
            await().atMost(SECONDS).untilAsserted(() -> {
                assertThat(devices(sync(shop), "state")).contains("UP_TO_DATE");
                assertThat(sync(shop).getString("health.state")).isEqualTo("OK");
            });
        }
        assertThat(stage.told(shop, SyncEvent.HealthChanged.class).getLast().reason())
                .isEqualTo(HealthReason.RECOVERED);
    }

    @Test
    void tellsWhatItSawAsSamples() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        try (var till = till(shop)) {
            till.put(sales(shop, 1, 3));
            // When
            till.sync();
            till.sync();
            sync(shop);
        }
        // Then
        await().atMost(SECONDS).untilAsserted(() -> {
            assertThat(samples.of(shop, SyncSample.Devices.class)).anySatisfy(sample -> {
                assertThat(sample.database()).isEqualTo(new DatabaseName("sales"));
                assertThat(sample.devices()).isEqualTo(2);
                assertThat(sample.pending()).isZero();
            });
            assertThat(samples.of(shop, SyncSample.DatabaseSize.class))
                    .anySatisfy(sample -> assertThat(sample.documents()).isEqualTo(4));
        });
    }

    @Test
    void aDatabaseThatCannotBeLookedAtSaysWhyAndMakesTheShopFail() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        sync(shop);
        // When
        try (var _ = Faults.refuse("shop_" + shop + "_sales/_local_docs")) {
            // Then
            await().atMost(SECONDS).untilAsserted(() -> {
                var sync = sync(shop);
                assertThat(sync.getString("lastError.code")).isEqualTo("COUCHDB_REFUSED_REQUEST");
                assertThat(sync.getString("lastError.whatToDo")).isNotBlank();
                assertThat(sync.getString("health.state")).isEqualTo("FAILING");
                assertThat(sync.getString("health.reason")).isEqualTo("DATABASE_UNREADABLE");
            });
        }
        await().atMost(SECONDS)
                .untilAsserted(
                        () -> assertThat(sync(shop).getString("health.state")).isEqualTo("OK"));
    }

    @Test
    void seesATillOfACriticalShopThatOnlyReadsWithoutBeingAsked() {
        // Given a shop whose database does not change any more
        var shop = stage.ready(Shops.created(Shops.fresh()));
        given().auth()
                .oauth2(Tokens.of(Roles.OPERATOR))
                .put("/api/v1/shops/" + shop + "/sync/critical")
                .then()
                .statusCode(204);
        try (var till = till(shop)) {
            // When
            till.sync();
            // Then the list of all shops, which looks at nothing, has both its ways: the guard that it read it offers
            // back
            await().atMost(SECONDS)
                    .untilAsserted(() -> assertThat(list().getMap("items.find { it.shopId == '%s' }".formatted(shop)))
                            .containsEntry("critical", true)
                            .containsEntry("devices", 2));
        } finally {
            given().auth().oauth2(Tokens.of(Roles.OPERATOR)).delete("/api/v1/shops/" + shop + "/sync/critical");
        }
    }

    private Till till(ShopId shop) {
        var url = URI.create(CouchResource.address().url() + "/shop_" + shop + "_sales");
        return Till.open(
                tills,
                folder.resolve(shop.value()),
                url,
                new Till.Login(shop.syncLogin(), Shops.password(shop, "first")));
    }

    private static Database database(ShopId shop) {
        return stage.couch().database("shop_" + shop + "_sales");
    }

    private static Object document(ShopId shop) {
        return JsonNodeFactory.instance.objectNode().put("shopId", shop.value());
    }

    private static List<Map<String, Object>> sales(ShopId shop, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> Map.<String, Object>of("_id", "sale-" + i, "shopId", shop.value(), "amount", i))
                .toList();
    }

    private static List<Object> devices(JsonPath sync, String property) {
        return sync.getList("databases.find { it.name == 'sales' }.devices." + property);
    }

    private static JsonPath sync(ShopId shop) {
        return get("/api/v1/shops/" + shop + "/sync");
    }

    private static JsonPath list() {
        return get("/api/v1/sync?limit=200");
    }

    private static JsonPath get(String path) {
        return given().auth()
                .oauth2(Tokens.of(Roles.OPERATOR))
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
