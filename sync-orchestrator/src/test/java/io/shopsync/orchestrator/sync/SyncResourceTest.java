package io.shopsync.orchestrator.sync;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.platform.Roles;
import io.shopsync.stack.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OrchestratorTest
@TestProfile(Impatient.class)
class SyncResourceTest {

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
    void showsEveryDatabaseOfAShopThatNobodyHasSyncedYet() {
        given().auth()
                .oauth2(Tokens.of(Roles.OPERATOR))
                .get("/api/v1/shops/" + shop + "/sync")
                .then()
                .statusCode(200)
                .body("shopId", equalTo(shop.value()))
                .body("health.state", equalTo("OK"))
                .body("health.reason", nullValue())
                .body("critical", equalTo(false))
                .body("databases", hasSize(4))
                .body("databases.devices.flatten()", hasSize(0))
                .body("databases.state.unique()", equalTo(List.of("IDLE")));
    }

    @Test
    void listsEveryShopOnceInPages() {
        // Given
        var more = stage.ready(Shops.created(Shops.fresh()));
        Stream.of(shop, more)
                .forEach(it -> given().auth()
                        .oauth2(Tokens.of(Roles.ADMIN))
                        .get("/api/v1/shops/" + it + "/sync")
                        .then()
                        .statusCode(200));
        // When
        var seen = new ArrayList<String>();
        var query = "?limit=1";
        while (query != null) {
            var page = given().auth()
                    .oauth2(Tokens.of(Roles.AUDITOR))
                    .get("/api/v1/sync" + query)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("items.shopId"));
            var next = page.getString("next");
            query = next == null ? null : "?limit=1&cursor=" + next;
        }
        // Then
        assertThat(seen).doesNotHaveDuplicates().contains(shop.value(), more.value());
    }

    @Test
    void onlySoManyShopsAreCritical() {
        // Given
        var places = Stream.generate(() -> stage.ready(Shops.created(Shops.fresh())))
                .limit(2)
                .toList();
        places.forEach(it -> critical("PUT", it).then().statusCode(204));
        // When
        var refused = critical("PUT", shop);
        // Then
        refused.then().statusCode(409).contentType("application/problem+json").body("code", equalTo("conflict"));
        critical("PUT", places.getFirst()).then().statusCode(204);
        places.forEach(it -> critical("DELETE", it).then().statusCode(204));
        critical("PUT", shop).then().statusCode(204);
        critical("DELETE", shop).then().statusCode(204);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    shops/SHOP/sync,          admin,    200",
        "GET,    shops/SHOP/sync,          operator, 200",
        "GET,    shops/SHOP/sync,          auditor,  200",
        "GET,    shops/SHOP/sync,          owner,    200",
        "GET,    sync,                     admin,    200",
        "GET,    sync,                     operator, 200",
        "GET,    sync,                     auditor,  200",
        "GET,    sync,                     owner,    403",
        "PUT,    shops/SHOP/sync/critical, admin,    204",
        "PUT,    shops/SHOP/sync/critical, operator, 204",
        "PUT,    shops/SHOP/sync/critical, auditor,  403",
        "PUT,    shops/SHOP/sync/critical, owner,    403",
        "DELETE, shops/SHOP/sync/critical, admin,    204",
        "DELETE, shops/SHOP/sync/critical, operator, 204",
        "DELETE, shops/SHOP/sync/critical, auditor,  403",
        "DELETE, shops/SHOP/sync/critical, owner,    403"
    })
    void everyRoleMayDoWhatIsItsOwn(String method, String path, String role, int status) {
        given().auth()
                .oauth2(Tokens.of(role, shop))
                .request(method, "/api/v1/" + path.replace("SHOP", shop.value()))
                .then()
                .statusCode(status);
        critical("DELETE", shop).then().statusCode(204);
    }

    @Test
    void anOwnerSeesTheirOwnShopAlone() {
        var path = "/api/v1/shops/" + shop + "/sync";
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
        Stream.of(
                        given().get("/api/v1/sync"),
                        given().get("/api/v1/shops/" + shop + "/sync"),
                        given().put("/api/v1/shops/" + shop + "/sync/critical"),
                        given().delete("/api/v1/shops/" + shop + "/sync/critical"),
                        given().auth().oauth2(Tokens.forged(Roles.ADMIN)).get("/api/v1/sync"))
                .forEach(answer -> answer.then().statusCode(401).body("code", equalTo("unauthenticated")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "a", "a_b", "-a", "a--b", "a%20b", "%00", "shöp"})
    void aBadShopIdIsABadRequest(String bad) {
        for (var method : new String[] {"GET /sync", "PUT /sync/critical", "DELETE /sync/critical"}) {
            var parts = method.split(" ", 2);
            given().auth()
                    .oauth2(Tokens.of(Roles.ADMIN))
                    .urlEncodingEnabled(false)
                    .request(parts[0], "/api/v1/shops/" + bad + parts[1])
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("code", equalTo("invalid-request"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0,                  invalid-request",
        "limit=201,                invalid-request",
        "limit=ten,                invalid-request",
        "limit=,                   invalid-request",
        "limt=5,                   invalid-request",
        "cursor=,                  invalid-request",
        "cursor=!!!,               invalid-cursor",
        "cursor=bm9uc2Vuc2U,       invalid-cursor",
        // BAD, 1, acme
        "cursor=QkFECjEKYWNtZQ,    invalid-cursor",
        // OK, one, acme
        "cursor=T0sKb25lCmFjbWU,   invalid-cursor"
    })
    void aBadListIsABadRequest(String query, String code) {
        given().auth()
                .oauth2(Tokens.of(Roles.ADMIN))
                .urlEncodingEnabled(false)
                .get("/api/v1/sync?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
    }

    @Test
    void aShopThatNeverSignedUpIsNotFound() {
        Stream.of(
                        given().auth().oauth2(Tokens.of(Roles.ADMIN)).get("/api/v1/shops/nobody-here/sync"),
                        critical("PUT", new ShopId("nobody-here")),
                        critical("DELETE", new ShopId("nobody-here")))
                .forEach(answer -> answer.then().statusCode(404).body("code", equalTo("shop-not-found")));
    }

    private static Response critical(String method, ShopId of) {
        return given().auth()
                .oauth2(Tokens.of(Roles.OPERATOR))
                .request(method, "/api/v1/shops/" + of + "/sync/critical");
    }
}
