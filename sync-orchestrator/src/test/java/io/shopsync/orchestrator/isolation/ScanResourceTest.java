package io.shopsync.orchestrator.isolation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.Faults;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.platform.Roles;
import io.shopsync.stack.testing.Tokens;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OrchestratorTest
class ScanResourceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
    void scansAllOfAShopsDatabasesAnewWhenAsked() {
        // Given a database that was scanned
        var scanned = stage.ready(Shops.created(Shops.fresh()));
        write(scanned, "sale-1");
        awaitScanned(scanned);
        var before = reads(scanned).size();
        // When
        given().auth()
                .oauth2(Tokens.of(Roles.OPERATOR))
                .post(path(scanned))
                .then()
                .statusCode(202)
                .header("Location", endsWith(path(scanned)));
        // Then it is read from its first change on
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(reads(scanned).stream().skip(before).filter(line -> line.contains("since=0")))
                                .isNotEmpty());
        awaitScanned(scanned);
    }

    @Test
    void aBusyDatabasesSurroundingsAreNotLookedAtWithEachWakeUp() {
        // Given
        var busy = stage.ready(Shops.created(Shops.fresh()));
        // When it wakes us again and again
        for (int i = 0; i < 5; i++) {
            var id = "sale-" + i;
            var scans = reads(busy).size();
            write(busy, id);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(reads(busy)).hasSizeGreaterThan(scans));
        }
        // Then
        assertThat(Faults.seen("GET /shop_" + busy + "_sales/_local_docs")).hasSizeLessThan(4);
    }

    @ParameterizedTest
    @CsvSource({"admin, 200, 202", "operator, 200, 202", "auditor, 200, 403", "owner, 403, 403"})
    void everyRoleMayDoWhatIsItsOwn(String role, int reading, int asking) {
        given().auth().oauth2(Tokens.of(role, shop)).get(path(shop)).then().statusCode(reading);
        given().auth().oauth2(Tokens.of(role, shop)).post(path(shop)).then().statusCode(asking);
    }

    @Test
    void nobodyElseGetsAnything() {
        for (var answer : List.of(given().get(path(shop)), given().post(path(shop)))) {
            answer.then().statusCode(401).body("code", equalTo("unauthenticated"));
        }
    }

    @Test
    void whatIsNoShopIsToldSo() {
        var token = Tokens.of(Roles.ADMIN);
        given().auth().oauth2(token).get("/api/v1/shops/A/scans").then().statusCode(400);
        given().auth().oauth2(token).post("/api/v1/shops/A/scans").then().statusCode(400);
        given().auth()
                .oauth2(token)
                .get("/api/v1/shops/nobody-here/scans")
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(token)
                .post("/api/v1/shops/nobody-here/scans")
                .then()
                .statusCode(404)
                .body("code", equalTo("shop-not-found"));
    }

    private static void awaitScanned(ShopId shop) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.of(Roles.AUDITOR))
                        .get(path(shop))
                        .then()
                        .statusCode(200)
                        .body("database", hasItem("shop_" + shop + "_sales"))
                        .body("due", everyItem(equalTo(false))));
    }

    private static void write(ShopId shop, String id) {
        stage.couch()
                .database("shop_" + shop + "_sales")
                .documents()
                .put(id, JsonNodeFactory.instance.objectNode().put("shopId", shop.value()));
    }

    private static List<String> reads(ShopId shop) {
        return Faults.seen("POST /shop_" + shop + "_sales/_changes");
    }

    private static String path(ShopId shop) {
        return "/api/v1/shops/" + shop + "/scans";
    }
}
