package io.shopsync.orchestrator.reconcile;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.contracts.sync.SyncEvent.RepairKind;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.orchestrator.Faults;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.platform.Roles;
import io.shopsync.stack.testing.Tokens;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OrchestratorTest
class StateResourceTest {

    private static Stage stage;
    private static ShopId shop;

    @BeforeAll
    static void open() {
        stage = new Stage();
        shop = stage.ready(Shops.created(Shops.fresh()));
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void showsAReadyShopThatMatches() {
        given().auth()
                .oauth2(Tokens.of(Roles.OPERATOR))
                .get("/api/v1/shops/" + shop + "/state")
                .then()
                .statusCode(200)
                .body("shopId", equalTo(shop.value()))
                .body("wished.state", equalTo("ACTIVE"))
                .body("wished.generation", equalTo(1))
                .body("progress.phase", equalTo("READY"))
                .body("progress.reason", nullValue())
                .body("observed.databases.exists", equalTo(java.util.List.of(true, true, true, true)))
                .body("observed.differences", hasSize(0));
    }

    @Test
    void showsWhatDiffersAndMendsItWhenAsked() {
        // Given
        var drifting = stage.ready(Shops.created(Shops.fresh()));
        var sales = "shop_" + drifting + "_sales";
        stage.couch().database(sales).putSecurity(SecurityDocument.EMPTY);
        given().auth()
                .oauth2(Tokens.of(Roles.AUDITOR))
                .get("/api/v1/shops/" + drifting + "/state")
                .then()
                .body("observed.differences.target", hasItem(sales))
                .body("observed.differences.kind", hasItem(RepairKind.SECURITY_SET.name()));
        // When
        given().auth()
                .oauth2(Tokens.of(Roles.OPERATOR))
                .post("/api/v1/shops/" + drifting + "/reconcile")
                .then()
                .statusCode(202)
                .header("Location", containsString("/api/v1/shops/" + drifting + "/state"));
        // Then
        await().untilAsserted(() -> assertThat(stage.told(drifting, SyncEvent.DriftRepaired.class))
                .singleElement()
                .satisfies(drift -> assertThat(drift.repairs())
                        .containsExactly(new SyncEvent.Repair(RepairKind.SECURITY_SET, sales))));
        assertThat(stage.couch().database(sales).security().open()).isFalse();
    }

    @Test
    void answersWithoutCouchDBAndSaysWhy() {
        try (var _ = Faults.overloaded("/_dbs_info")) {
            given().auth()
                    .oauth2(Tokens.of(Roles.OPERATOR))
                    .get("/api/v1/shops/" + shop + "/state")
                    .then()
                    .statusCode(200)
                    .body("progress.phase", equalTo("READY"))
                    .body("observed.unknownBecause", equalTo("COUCHDB_OVERLOADED"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  state,     admin,    200",
        "GET,  state,     operator, 200",
        "GET,  state,     auditor,  200",
        "POST, reconcile, admin,    202",
        "POST, reconcile, operator, 202",
        "POST, reconcile, auditor,  403",
        "POST, reconcile, owner,    403"
    })
    void everyRoleMayDoWhatIsItsOwn(String method, String path, String role, int status) {
        given().auth()
                .oauth2(Tokens.of(role, shop))
                .request(method, "/api/v1/shops/" + shop + "/" + path)
                .then()
                .statusCode(status);
    }

    @Test
    void anOwnerSeesTheirOwnShopAlone() {
        var path = "/api/v1/shops/" + shop + "/state";
        given().auth().oauth2(Tokens.of(Roles.OWNER, shop)).get(path).then().statusCode(200);
        given().auth()
                .oauth2(Tokens.of(Roles.OWNER, Shops.OTHER))
                .get(path)
                .then()
                .statusCode(403)
                .body("code", equalTo("shop-not-yours"));
        given().auth().oauth2(Tokens.of(Roles.OWNER)).get(path).then().statusCode(403);
    }

    @Test
    void nobodyWithoutAValidTokenGetsAnything() {
        var path = "/api/v1/shops/" + shop + "/state";
        Stream.of(
                        given().get(path),
                        given().post("/api/v1/shops/" + shop + "/reconcile"),
                        given().auth().oauth2(Tokens.forged(Roles.ADMIN)).get(path))
                .forEach(answer -> answer.then()
                        .statusCode(401)
                        .contentType("application/problem+json")
                        .body("code", equalTo("unauthenticated")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "a", "a_b", "-a", "a--b", "a%20b", "%00", "shöp"})
    void aBadShopIdIsABadRequest(String bad) {
        given().auth()
                .oauth2(Tokens.of(Roles.ADMIN))
                .urlEncodingEnabled(false)
                .get("/api/v1/shops/" + bad + "/state")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid-request"));
    }

    @Test
    void aShopThatNeverSignedUpIsNotFound() {
        Stream.of(
                        given().auth().oauth2(Tokens.of(Roles.ADMIN)).get("/api/v1/shops/nobody-here/state"),
                        given().auth().oauth2(Tokens.of(Roles.ADMIN)).post("/api/v1/shops/nobody-here/reconcile"))
                .forEach(answer -> answer.then().statusCode(404).body("code", equalTo("shop-not-found")));
    }
}
