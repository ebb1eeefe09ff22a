package io.shopsync.orchestrator.proof;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.arc.Arc;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.IsolationEvent.CheckVerdict;
import io.shopsync.contracts.isolation.IsolationEvent.IsolationChecked;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.couchdb.user.PasswordKey;
import io.shopsync.couchdb.user.UserDocument;
import io.shopsync.orchestrator.Faults;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.platform.Jdbc;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.platform.Roles;
import io.shopsync.stack.testing.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OrchestratorTest
class IsolationCheckTest {

    private static final String CHECKS = "/api/v1/isolation-checks";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static Stage stage;
    private static ShopId shop;
    private static String proven;

    @BeforeAll
    static void open() {
        stage = new Stage();
        shop = stage.ready(Shops.created(Shops.fresh()));
        stage.ready(Shops.created(Shops.fresh()));
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void provesAShopThatIsIsolatedAndLeavesNothingBehind() {
        // Given
        sales(shop)
                .documents()
                .put("sale-1", JsonNodeFactory.instance.objectNode().put("shopId", shop.value()));
        var before = sales(shop).info();
        // When
        var id = check(shop);
        // Then
        var report = report(id);
        assertThat(report.getString("verdict")).as(report.prettify()).isEqualTo("ISOLATED");
        assertThat(report.getList("shops.shop", String.class)).containsExactly(shop.value());
        assertThat(report.getList("shops[0].databases")).hasSize(4);
        assertThat(report.getList("attempts")).hasSizeGreaterThan(300);
        assertThat(report.getList("shops[0].deviations")).isEmpty();
        // And the ledger is told what it came to, and who asked
        await().untilAsserted(() -> assertThat(stage.isolation(shop)).anySatisfy(told -> {
            assertThat(told.actor()).contains("test-operator");
            assertThat(told.body()).isInstanceOfSatisfying(IsolationChecked.class, checked -> {
                assertThat(checked.checkId()).hasToString(id);
                assertThat(checked.verdict()).isEqualTo(CheckVerdict.ISOLATED);
                assertThat(checked.tried()).isGreaterThan(300);
                assertThat(checked.unexpected()).isZero();
            });
        }));
        // And nothing of it is left
        assertThat(sales(shop).info().documents()).isEqualTo(before.documents());
        assertThat(sales(shop).info().deleted()).isEqualTo(before.deleted());
        assertThat(leftovers(id)).isEmpty();
        assertThat(stage.found(shop)).isEmpty();
    }

    @Test
    void theReportIsSignedAndVerifiesWithThePublishedKeys() throws Exception {
        // Given
        var id = proven();
        // When
        var signed = as(Roles.AUDITOR)
                .get(CHECKS + '/' + id + "/report.jws")
                .then()
                .statusCode(200)
                .extract();
        var keys = new JsonWebKeySet(
                given().get(CHECKS + "/keys").then().statusCode(200).extract().asString());
        // Then
        var signature = new JsonWebSignature();
        signature.setCompactSerialization(signed.asString());
        var key = new VerificationJwkSelector().select(signature, keys.getJsonWebKeys());
        signature.setKey(key.getKey());
        assertThat(signature.verifySignature()).isTrue();
        var json = new JsonMapper();
        assertThat(json.readTree(signature.getPayload()))
                .isEqualTo(json.readTree(as(Roles.AUDITOR)
                        .get(CHECKS + '/' + id + "/report.json")
                        .asString()));
        given().get(CHECKS + "/keys/" + key.getKeyId() + ".pem")
                .then()
                .statusCode(200)
                .body(containsString("BEGIN PUBLIC KEY"));
        given().get(CHECKS + "/keys/other.pem").then().statusCode(404);
        // And one that was changed does not
        var changed = new JsonWebSignature();
        var parts = signed.asString().split("\\.", -1);
        changed.setCompactSerialization(parts[0] + '.' + parts[1].substring(4) + '.' + parts[2]);
        changed.setKey(key.getKey());
        assertThat(changed.verifySignature()).isFalse();
    }

    @Test
    void theReportIsAPageToo() {
        var id = proven();
        var page = as(Roles.AUDITOR)
                .get(CHECKS + '/' + id + "/report.html")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .extract()
                .asString();
        assertThat(page).contains("ISOLATED", shop.value(), "GET /{db}/_changes", "_security");
    }

    @Test
    void findsADatabaseThatIsOpenAndHasItMended() {
        // Given
        var open = stage.ready(Shops.created(Shops.fresh()));
        sales(open).putSecurity(SecurityDocument.EMPTY);
        // When
        var report = report(check(open));
        // Then
        assertThat(report.getString("verdict")).isEqualTo("VIOLATED");
        assertThat(report.getList("shops[0].databases.findAll { !it.securityAsWished }.database"))
                .asString()
                .contains("shop_" + open + "_sales");
        // And it is mended
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(sales(open).security().open()).isFalse());
    }

    @Test
    void aCheckWhoseWorkerDiedIsTakenUpAndItsLoginsAreTakenAway() {
        // Given a check that was cut off, with a login and a database of it in CouchDB
        var id = UUID.randomUUID();
        var login = "shop_" + shop + "_check-dead-" + id;
        var database = "shopsync_check_" + id;
        var jdbc = Arc.container().instance(Jdbc.class).get();
        stage.couch()
                .users()
                .put(UserDocument.create(
                        login, Set.of(shop.role()), PasswordKey.derive("right".toCharArray(), "5a17", 10)));
        stage.couch().database(database).create(1);
        // When its lease has ended
        jdbc.update(
                "insert into isolation_check (id, shop, requested_by, state, attempt, claim, started_at, due_at) "
                        + "values (?, ?, 'test', 'RUNNING', 1, 1, now(), ?)",
                id,
                shop.value(),
                Instant.now());
        for (var litter : List.of(List.of("LOGIN", login), List.of("DATABASE", database))) {
            jdbc.update(
                    "insert into isolation_check_litter (check_id, shop, kind, name) values (?, ?, ?, ?)",
                    id,
                    shop.value(),
                    litter.get(0),
                    litter.get(1));
        }
        // Then
        awaitDone(id.toString());
        assertThat(leftovers(id.toString())).isEmpty();
        assertThat(stage.couch().database(database).exists()).isFalse();
    }

    @Test
    void aCheckGoesOnWhenCouchDBIsBack() {
        // When
        String id;
        try (var _ = Faults.overloaded("_bulk_docs")) {
            id = request(shop).then().statusCode(202).extract().path("id");
            await().atMost(PATIENCE).untilAsserted(() -> show(id).body("failure", notNullValue()));
        }
        // Then
        awaitDone(id).body("verdict", equalTo("ISOLATED"));
        assertThat(leftovers(id)).isEmpty();
    }

    @Test
    void aCheckWhoseWorkersDieAgainAndAgainIsGivenUpAndToldSo() {
        // Given
        var doomed = stage.ready(Shops.created(Shops.fresh()));
        var id = UUID.randomUUID();
        // When a worker has died with its last attempt
        Arc.container()
                .instance(Jdbc.class)
                .get()
                .update(
                        "insert into isolation_check (id, shop, requested_by, state, attempt, claim, started_at, due_at) "
                                + "values (?, ?, 'test', 'RUNNING', 1000, 1, now(), now())",
                        id,
                        doomed.value());
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> show(id.toString()).body("state", equalTo("FAILED")));
        await().untilAsserted(() -> assertThat(stage.isolation(doomed))
                .<Object>extracting(Envelope::body)
                .containsExactly(new IsolationChecked(doomed, id, CheckVerdict.GIVEN_UP, 0, 0)));
    }

    @Test
    void oneIsUnderWayAtATime() {
        // Given
        var busy = stage.ready(Shops.created(Shops.fresh()));
        var first = request(busy)
                .then()
                .statusCode(202)
                .header("Location", containsString(CHECKS))
                .extract()
                .path("id");
        // When
        var second = request(busy).then().statusCode(202).extract().<String>path("id");
        // Then
        awaitDone(second);
        if (!second.equals(first)) {
            show(first.toString()).body("state", equalTo("DONE"));
        }
        as(Roles.AUDITOR).get(CHECKS + "?shop=" + busy).then().statusCode(200).body("items.id", hasItem(second));
    }

    @ParameterizedTest
    @CsvSource({"admin,    202, 200", "operator, 202, 200", "auditor,  403, 200", "owner,    403, 403"})
    void everyRoleMayDoWhatIsItsOwn(String role, int starting, int reading) {
        var id = proven();
        request(role, shop).then().statusCode(starting);
        if (starting == 403) {
            as(role).post(CHECKS).then().statusCode(403);
        }
        as(role).get(CHECKS).then().statusCode(reading);
        for (var path : List.of("", "/report.json", "/report.jws", "/report.html")) {
            as(role).get(CHECKS + '/' + id + path).then().statusCode(reading);
        }
    }

    @Test
    void nobodyWithoutATokenGetsMoreThanTheKeys() {
        var id = UUID.randomUUID();
        for (var answer : List.of(
                given().post(CHECKS),
                given().post("/api/v1/shops/" + shop + "/isolation-check"),
                given().get(CHECKS),
                given().get(CHECKS + '/' + id),
                given().get(CHECKS + '/' + id + "/report.json"),
                given().get(CHECKS + '/' + id + "/report.jws"),
                given().get(CHECKS + '/' + id + "/report.html"))) {
            answer.then().statusCode(401).body("code", equalTo("unauthenticated"));
        }
        given().get(CHECKS + "/keys").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/1", "/1/report.json", "?shop=A", "?limit=0", "?cursor=x", "?colour=red"})
    void badRequestsAreToldSo(String path) {
        as(Roles.ADMIN).urlEncodingEnabled(false).get(CHECKS + path).then().statusCode(400);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        as(Roles.ADMIN)
                .get(CHECKS + '/' + UUID.randomUUID())
                .then()
                .statusCode(404)
                .body("code", endsWith("not-found"));
        as(Roles.ADMIN)
                .get(CHECKS + '/' + UUID.randomUUID() + "/report.jws")
                .then()
                .statusCode(404);
        request(new ShopId("nobody-here")).then().statusCode(404).body("code", equalTo("shop-not-found"));
        as(Roles.ADMIN).post("/api/v1/shops/A/isolation-check").then().statusCode(400);
    }

    /** One check that is done is enough for all who only look at it. */
    private static String proven() {
        if (proven == null) {
            proven = check(shop);
        }
        return proven;
    }

    private static String check(ShopId shop) {
        String id = request(shop).then().statusCode(202).extract().path("id");
        awaitDone(id);
        return id;
    }

    private static ValidatableResponse awaitDone(String id) {
        await().atMost(PATIENCE).untilAsserted(() -> show(id).body("state", equalTo("DONE")));
        return show(id);
    }

    private static ValidatableResponse show(String id) {
        return as(Roles.AUDITOR).get(CHECKS + '/' + id).then().statusCode(200);
    }

    private static JsonPath report(String id) {
        return as(Roles.AUDITOR)
                .get(CHECKS + '/' + id + "/report.json")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static Response request(ShopId shop) {
        return request(Roles.OPERATOR, shop);
    }

    private static Response request(String role, ShopId shop) {
        return as(role).post("/api/v1/shops/" + shop + "/isolation-check");
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(Tokens.of(role, shop));
    }

    /** Logins that a check made and nobody took away. */
    private static List<String> leftovers(String id) {
        return stage.couch().database("_users").documentsAfter("", 10_000, false).stream()
                .map(row -> row.id())
                .filter(name -> name.contains("check-" + id.substring(0, 8)) || name.endsWith(id))
                .toList();
    }

    private static Database sales(ShopId shop) {
        return stage.couch().database("shop_" + shop + "_sales");
    }
}
