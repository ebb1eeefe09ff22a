package io.shopsync.orchestrator.replication.command;

import static io.restassured.RestAssured.given;
import static io.shopsync.orchestrator.replication.Standbys.document;
import static io.shopsync.orchestrator.replication.Standbys.eventually;
import static io.shopsync.orchestrator.replication.Standbys.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.contracts.sync.SyncEvent.SyncCommandKind;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Database;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.StandbyProxy;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.orchestrator.replication.Standbys;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.PairState;
import io.shopsync.orchestrator.replication.pair.Pairs;
import io.shopsync.platform.Roles;
import io.shopsync.stack.testing.Tokens;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OrchestratorTest
@QuarkusTestResource(value = StandbyProxy.class, restrictToAnnotatedClass = true)
class CommandTest {

    private static Stage stage;
    private static CouchServer standby;

    @Inject
    Pairs pairs;

    @BeforeAll
    static void open() {
        stage = new Stage();
        standby = Standbys.connect();
    }

    @AfterAll
    static void close() {
        stage.close();
        standby.close();
    }

    @Test
    void pausesAndGoesOnAndTellsWhoAsked() {
        // Given
        var shop = ready();
        // When
        done(shop, "{\"command\": \"pause\", \"database\": \"sales\"}");
        here(shop).documents().put("sale-1", document(shop));
        here(shop, "stock").documents().put("stock-1", document(shop));
        // Then
        eventually()
                .untilAsserted(() -> assertThat(there(shop, "stock").documents().get("stock-1"))
                        .isPresent());
        assertThat(pairs.find(PairId.toStandby(sales(shop))).orElseThrow().state())
                .isEqualTo(PairState.PAUSED);
        assertThat(there(shop).documents().get("sale-1")).isEmpty();
        // When
        done(shop, "{\"command\": \"resume\"}");
        // Then
        eventually()
                .untilAsserted(
                        () -> assertThat(there(shop).documents().get("sale-1")).isPresent());
        await().untilAsserted(() -> assertThat(stage.told(shop))
                .filteredOn(event -> event.body() instanceof SyncEvent.SyncCommanded)
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.actor()).isPresent())
                .extracting(event -> ((SyncEvent.SyncCommanded) event.body()).kind())
                .containsExactly(SyncCommandKind.PAUSE, SyncCommandKind.RESUME));
    }

    @Test
    void findsWhatTheStandbyLacksAndMendsIt() {
        // Given
        var shop = ready();
        here(shop).documents().put("sale-1", document(shop));
        eventually()
                .untilAsserted(
                        () -> assertThat(there(shop).documents().get("sale-1")).isPresent());
        eventually()
                .untilAsserted(() -> assertThat(pairs.find(PairId.toStandby(sales(shop)))
                                .orElseThrow()
                                .state())
                        .isEqualTo(PairState.IDLE));
        purge(there(shop), "sale-1");
        // When
        var found = done(shop, "{\"command\": \"verify\", \"database\": \"sales\", \"target\": \"standby\"}");
        // Then
        assertThat(found.getInt("result.equal")).isZero();
        assertThat(found.getInt("result.compared[0].missingAtTarget")).isEqualTo(1);
        assertThat(found.getString("result.compared[0].differences[0].documentId"))
                .isEqualTo("sale-1");
        // When
        var mended = done(shop, "{\"command\": \"verify\", \"database\": \"sales\", \"mend\": true}");
        // Then
        assertThat(mended.getInt("result.compared[0].mended")).isEqualTo(1);
        assertThat(there(shop).documents().get("sale-1")).isPresent();
        assertThat(done(shop, "{\"command\": \"verify\", \"database\": \"sales\"}")
                        .getInt("result.equal"))
                .isEqualTo(1);
    }

    @Test
    void copiesEverythingAgainFromTheStartWhenAsked() {
        // Given
        var shop = ready();
        here(shop).documents().put("sale-1", document(shop));
        eventually()
                .untilAsserted(
                        () -> assertThat(there(shop).documents().get("sale-1")).isPresent());
        done(shop, "{\"command\": \"sync\"}");
        purge(there(shop), "sale-1");
        // When
        var result = done(shop, "{\"command\": \"reset-checkpoint\"}");
        // Then
        assertThat(there(shop).documents().get("sale-1")).isPresent();
        assertThat(result.getInt("result.ran")).isEqualTo(result.getInt("result.pairs"));
    }

    @Test
    void aCommandToAllShopsIsToldOfEach() {
        // Given
        var shop = ready();
        // When
        var location = given().auth()
                .oauth2(Tokens.of(Roles.ADMIN))
                .contentType(ContentType.JSON)
                .body("{\"command\": \"resume\"}")
                .post("/api/v1/sync/commands")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        // Then
        eventually()
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.of(Roles.AUDITOR))
                        .get(location)
                        .then()
                        .body("state", equalTo("DONE")));
        await().untilAsserted(() ->
                assertThat(stage.told(shop, SyncEvent.SyncCommanded.class)).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({"admin, 202", "operator, 202", "auditor, 403", "owner, 403"})
    void onlyThoseWhoSteerMayCommand(String role, int status) {
        var shop = ready();
        given().auth()
                .oauth2(Tokens.of(role, shop))
                .contentType(ContentType.JSON)
                .body("{\"command\": \"resume\"}")
                .post("/api/v1/shops/" + shop + "/sync/commands")
                .then()
                .statusCode(status);
        given().auth()
                .oauth2(Tokens.of(role, shop))
                .contentType(ContentType.JSON)
                .body("{\"command\": \"resume\"}")
                .post("/api/v1/sync/commands")
                .then()
                .statusCode(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"command\": \"dance\"}",
                "{\"command\": \"SYNC\"}",
                "{\"command\": \"sync\", \"database\": \"No\"}",
                "{\"command\": \"sync\", \"database\": \"nobodys\"}",
                "{\"command\": \"sync\", \"target\": \"a b\"}",
                "{\"command\": \"sync\", \"mend\": true}",
                "{\"command\": \"sync\", \"more\": 1}",
                "[]",
                ""
            })
    void aBadCommandIsABadRequest(String body) {
        var shop = ready();
        given().auth()
                .oauth2(Tokens.of(Roles.ADMIN))
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/shops/" + shop + "/sync/commands")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        var admin = Tokens.of(Roles.ADMIN);
        given().auth()
                .oauth2(admin)
                .contentType(ContentType.JSON)
                .body("{\"command\": \"sync\"}")
                .post("/api/v1/shops/nobody-here/sync/commands")
                .then()
                .statusCode(404)
                .body("code", equalTo("shop-not-found"));
        given().auth()
                .oauth2(admin)
                .get("/api/v1/sync/commands/7f0c2a8e-5a55-4b7c-8f3f-0d8a1a2b3c4d")
                .then()
                .statusCode(404)
                .body("code", equalTo("not-found"));
        given().auth().oauth2(admin).get("/api/v1/sync/commands/one").then().statusCode(400);
        given().get("/api/v1/sync/commands/7f0c2a8e-5a55-4b7c-8f3f-0d8a1a2b3c4d")
                .then()
                .statusCode(401);
    }

    private static ShopId ready() {
        return stage.ready(Shops.created(Shops.fresh(), Shops.databases("sales", "stock")));
    }

    private JsonPath done(ShopId shop, String body) {
        // A pair is there once it was due for the first time.
        eventually().untilAsserted(() -> assertThat(pairs.of(shop)).hasSize(2));
        var location = given().auth()
                .oauth2(Tokens.of(Roles.OPERATOR))
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/shops/" + shop + "/sync/commands")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        eventually()
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.of(Roles.OPERATOR))
                        .get(location)
                        .then()
                        .statusCode(200)
                        .body("state", equalTo("DONE")));
        return given().auth().oauth2(Tokens.of(Roles.OPERATOR)).get(location).jsonPath();
    }

    private static void purge(Database database, String id) {
        var rev = database.documents().get(id).orElseThrow().path("_rev").asText();
        database.bulk().purge(Map.of(id, List.of(rev)));
    }

    private static Database here(ShopId shop) {
        return here(shop, "sales");
    }

    private static Database here(ShopId shop, String name) {
        return stage.couch().database("shop_" + shop + '_' + name);
    }

    private static Database there(ShopId shop) {
        return there(shop, "sales");
    }

    private static Database there(ShopId shop, String name) {
        return standby.database("shop_" + shop + '_' + name);
    }
}
