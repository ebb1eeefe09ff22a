package io.shopsync.orchestrator.replication.edge;

import static io.restassured.RestAssured.given;
import static io.shopsync.orchestrator.replication.Standbys.document;
import static io.shopsync.orchestrator.replication.Standbys.eventually;
import static io.shopsync.orchestrator.replication.Standbys.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.ReplicationReason;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Database;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.platform.Jdbc;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.orchestrator.replication.Standbys;
import io.shopsync.orchestrator.replication.pair.Direction;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.Pairs;
import io.shopsync.platform.Roles;
import io.shopsync.stack.testing.CouchResource;
import io.shopsync.stack.testing.Tokens;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OrchestratorTest
@TestProfile(EdgeTest.LocalEdges.class)
class EdgeTest {

    private static Stage stage;
    private static CouchServer edge;

    @Inject
    Pairs pairs;

    @Inject
    Jdbc jdbc;

    /** Edges on this machine, asked often. */
    public static final class LocalEdges implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "shopsync.replication.edges.allow-private", "true",
                    "shopsync.replication.edges.poll-every", "1s");
        }
    }

    @BeforeAll
    static void open() {
        stage = new Stage();
        edge = Standbys.connect();
    }

    @AfterAll
    static void close() {
        stage.close();
        edge.close();
    }

    @Test
    void exchangesTheShopsDocumentsBothWays() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh(), Shops.databases("sales")));
        put(shop, "both").statusCode(200);
        // When
        here(shop).documents().put("from-here", document(shop));
        // Then
        eventually()
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(there(shop).documents().get("from-here")).isPresent());
        assertThat(there(shop).security()).isEqualTo(here(shop).security());
        // When
        there(shop).documents().put("from-there", document(shop));
        // Then
        eventually()
                .untilAsserted(() ->
                        assertThat(here(shop).documents().get("from-there")).isPresent());
        assertThat(stage.told(shop, SyncEvent.EdgeSet.class)).hasSize(1);
    }

    @Test
    void takesNothingOfAnotherShopFromAnEdge() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh(), Shops.databases("sales")));
        there(shop).create(1);
        there(shop).documents().put("foreign", document(Shops.OTHER));
        there(shop).documents().put("own", document(shop));
        // When
        put(shop, "pull").statusCode(200);
        // Then
        eventually()
                .untilAsserted(
                        () -> assertThat(here(shop).documents().get("own")).isPresent());
        assertThat(here(shop).documents().get("foreign")).isEmpty();
    }

    @Test
    void aWrongPasswordIsToldAndANewOneMendsIt() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh(), Shops.databases("sales")));
        here(shop).documents().put("sale-1", document(shop));
        put(shop, "push", "nobody-" + shop, "wrong").statusCode(200);
        var pair = new PairId(sales(shop), "back-office", Direction.PUSH);
        eventually()
                .untilAsserted(() -> assertThat(pairs.find(pair)
                                .orElseThrow()
                                .lastError()
                                .orElseThrow()
                                .code())
                        .isEqualTo(ReplicationReason.TARGET_REFUSED_US));
        // When
        put(shop, "push").statusCode(200);
        // Then
        eventually()
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(there(shop).documents().get("sale-1")).isPresent());
    }

    @Test
    void theExchangeEndsWithTheEdgeAndWithTheShop() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh(), Shops.databases("sales")));
        put(shop, "push").statusCode(200);
        eventually().untilAsserted(() -> assertThat(pairs.of(shop)).hasSize(1));
        // When
        var path = "/api/v1/shops/" + shop + "/edges/back-office";
        given().auth().oauth2(Tokens.of(Roles.ADMIN)).delete(path).then().statusCode(204);
        // Then
        assertThat(pairs.of(shop)).isEmpty();
        given().auth().oauth2(Tokens.of(Roles.ADMIN)).get(path).then().statusCode(404);
        given().auth().oauth2(Tokens.of(Roles.ADMIN)).delete(path).then().statusCode(404);
        // When
        put(shop, "push").statusCode(200);
        stage.publish(Shops.fact(new ShopEvent.Deleted(shop, Instant.now().plusSeconds(60))));
        // Then
        eventually()
                .untilAsserted(() -> assertThat(jdbc.query(
                                "select name from replication_edge where shop = ?",
                                row -> row.getString(1),
                                shop.value()))
                        .isEmpty());
    }

    @Test
    void aPasswordIsStoredSealedAndNeverShown() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh(), Shops.databases("sales")));
        // When
        put(shop, "pull", "somebody", "a very secret word").statusCode(200);
        // Then
        var stored = jdbc.query(
                "select row_to_json(edge)::text || encode(password, 'escape') from replication_edge as edge where shop = ?",
                row -> row.getString(1),
                shop.value());
        assertThat(stored).singleElement().asString().doesNotContain("secret word");
        given().auth()
                .oauth2(Tokens.of(Roles.OWNER, shop))
                .get("/api/v1/shops/" + shop + "/edges")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].username", equalTo("somebody"))
                .body(not(containsString("password")));
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,    admin,    200",
        "PUT,    owner,    200",
        "PUT,    operator, 403",
        "PUT,    auditor,  403",
        "GET,    operator, 404",
        "GET,    auditor,  404",
        "GET,    owner,    404",
        "DELETE, owner,    404",
        "DELETE, operator, 403",
        "DELETE, auditor,  403"
    })
    void everyRoleMayDoWhatIsItsOwn(String method, String role, int status) {
        var shop = stage.ready(Shops.created(Shops.fresh(), Shops.databases("sales")));
        given().auth()
                .oauth2(Tokens.of(role, shop))
                .contentType(ContentType.JSON)
                .body(body(CouchResource.standby().url().toString(), "push", "a", "b"))
                .request(method, "/api/v1/shops/" + shop + "/edges/back-office")
                .then()
                .statusCode(status);
        given().auth()
                .oauth2(Tokens.of(Roles.OWNER, Shops.OTHER))
                .contentType(ContentType.JSON)
                .body(body(CouchResource.standby().url().toString(), "push", "a", "b"))
                .request(method, "/api/v1/shops/" + shop + "/edges/back-office")
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://couch.example",
                "http://name:word@couch.example",
                "http://couch.example/?a=b",
                "http://couch.example/#a",
                "http://[::1",
                "no url"
            })
    void aBadUrlIsABadRequest(String url) {
        var shop = stage.ready(Shops.created(Shops.fresh(), Shops.databases("sales")));
        given().auth()
                .oauth2(Tokens.of(Roles.ADMIN))
                .contentType(ContentType.JSON)
                .body(body(url, "push", "a", "b"))
                .put("/api/v1/shops/" + shop + "/edges/back-office")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    private static ValidatableResponse put(ShopId shop, String direction) {
        var address = CouchResource.standby();
        return put(shop, direction, address.username(), address.password());
    }

    private static ValidatableResponse put(ShopId shop, String direction, String username, String password) {
        return given().auth()
                .oauth2(Tokens.of(Roles.ADMIN))
                .contentType(ContentType.JSON)
                .body(body(CouchResource.standby().url().toString(), direction, username, password))
                .put("/api/v1/shops/" + shop + "/edges/back-office")
                .then();
    }

    private static Map<String, Object> body(String url, String direction, String username, String password) {
        return Map.of("url", url, "direction", direction, "username", username, "password", password);
    }

    private static Database here(ShopId shop) {
        return stage.couch().database(sales(shop).physicalName());
    }

    private static Database there(ShopId shop) {
        return edge.database(sales(shop).physicalName());
    }
}
