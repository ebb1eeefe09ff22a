package io.shopsync.orchestrator.isolation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.specification.RequestSpecification;
import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.platform.Roles;
import io.shopsync.stack.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OrchestratorTest
class QuarantineResourceTest {

    private static final String QUARANTINE = "/api/v1/quarantine";

    private static Stage stage;
    private static ShopId shop;
    private static List<UUID> ids;

    @BeforeAll
    static void fill() {
        stage = new Stage();
        shop = stage.ready(Shops.created(Shops.fresh()));
        var intruder = new Intruder(stage);
        intruder.replicate(
                shop,
                IntStream.range(0, 5)
                        .mapToObj(i -> Intruder.revision("doc-" + i, 'a', i < 3 ? "other" : null))
                        .toArray(ObjectNode[]::new));
        ids = intruder.quarantined(shop, 5);
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void listsWhatIsThereWithoutBodies() {
        var body = as(Roles.AUDITOR)
                .get(QUARANTINE + "?shop=" + shop)
                .then()
                .statusCode(200)
                .body("items", hasSize(5))
                .body("next", nullValue())
                .extract()
                .asString();
        assertThat(body).contains("sha256", "doc-0", "ISO-010").doesNotContain("amount");
    }

    @ParameterizedTest
    @CsvSource({
        "kind=ISO-010, 3",
        "kind=ISO-011, 2",
        "kind=ISO-010&kind=ISO-011, 5",
        "kind=ISO-013, 0",
        "database=sales, 5",
        "database=products, 0",
        "state=SETTLED, 5",
        "state=RELEASED&state=DISCARDED, 0",
        "from=2020-01-01T00:00:00Z, 5",
        "to=2020-01-01T00:00:00Z, 0"
    })
    void filters(String query, int found) {
        as(Roles.OPERATOR)
                .urlEncodingEnabled(false)
                .get(QUARANTINE + "?shop=" + shop + '&' + query)
                .then()
                .statusCode(200)
                .body("items", hasSize(found));
    }

    @Test
    void pagesAreContinuedByTheirCursor() {
        // When
        var seen = new ArrayList<String>();
        String cursor = null;
        do {
            var page = as(Roles.AUDITOR).queryParam("shop", shop.value()).queryParam("limit", 2);
            var answer = (cursor == null ? page : page.queryParam("cursor", cursor))
                    .get(QUARANTINE)
                    .then()
                    .statusCode(200);
            seen.addAll(answer.extract().jsonPath().getList("items.id", String.class));
            cursor = answer.extract().path("next");
        } while (cursor != null);
        // Then
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        ids.stream().map(UUID::toString).toList());
    }

    @Test
    void showsOne() {
        as(Roles.AUDITOR)
                .get(QUARANTINE + "/" + ids.getFirst())
                .then()
                .statusCode(200)
                .body("id", equalTo(ids.getFirst().toString()))
                .body("shop", equalTo(shop.value()))
                .body("database", equalTo("shop_" + shop + "_sales"))
                .body("state", equalTo("SETTLED"))
                .body("action", equalTo("tombstoned"))
                .body("decision", nullValue());
    }

    /** Nobody may act on a document that is not there, so that whoever passes the roles gets 404. */
    @ParameterizedTest
    @CsvSource({"admin,    200, 404", "operator, 200, 404", "auditor,  200, 403", "owner,    403, 403"})
    void everyRoleMayDoWhatIsItsOwn(String role, int reading, int acting) {
        var absent = QUARANTINE + "/" + UUID.randomUUID();
        as(role).get(QUARANTINE).then().statusCode(reading);
        as(role).get(QUARANTINE + "/" + ids.getFirst()).then().statusCode(reading);
        as(role).body("{\"to\": \"back\"}").post(absent + "/release").then().statusCode(acting);
        as(role).body("{\"reason\": \"none\"}").post(absent + "/discard").then().statusCode(acting);
    }

    @Test
    void nobodyWithoutATokenGetsAnything() {
        for (var answer : List.of(
                given().get(QUARANTINE),
                given().get(QUARANTINE + "/" + ids.getFirst()),
                given().contentType("application/json").body("{}").post(QUARANTINE + "/" + ids.getFirst() + "/release"),
                given().contentType("application/json")
                        .body("{}")
                        .post(QUARANTINE + "/" + ids.getFirst() + "/discard"))) {
            answer.then().statusCode(401).body("code", equalTo("unauthenticated"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop=A", "shop=", "database=Sales", "kind=ISO-999", "state=GONE", "state=settled", "from=yesterday",
                "to=2026-01-01", "limit=0", "limit=x", "limit=1001", "cursor=x", "cursor=YQpi", "colour=red"
            })
    void badFiltersAreBadRequests(String query) {
        as(Roles.ADMIN)
                .urlEncodingEnabled(false)
                .get(QUARANTINE + "?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "release | {}",
                "release | {\"to\": null}",
                "release | {\"to\": \"anyone\"}",
                "release | {\"to\": \"back\", \"shop\": \"acme\"}",
                "release | [",
                "release | ''",
                "discard | {}",
                "discard | {\"reason\": \" \"}",
                "discard | {\"reason\": \"a\\u0007b\"}",
                "discard | {\"reason\": 1, \"more\": 2}",
                "discard | ''"
            })
    void badBodiesAreBadRequests(String action, String body) {
        as(Roles.ADMIN)
                .body(body)
                .post(QUARANTINE + "/" + ids.getFirst() + "/" + action)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void anIdThatIsNoneIsABadRequest() {
        as(Roles.ADMIN).get(QUARANTINE + "/1").then().statusCode(400).body("code", equalTo("invalid-request"));
    }

    @Test
    void aDecisionIsShownWithWhoMadeIt() {
        // Given
        var other = stage.ready(Shops.created(Shops.fresh()));
        var intruder = new Intruder(stage);
        intruder.replicate(other, Intruder.revision("doc", 'a', null));
        var id = intruder.quarantined(other, 1).getFirst();
        // When
        as(Roles.OPERATOR)
                .body("{\"to\": \"back\"}")
                .post(QUARANTINE + "/" + id + "/release")
                .then()
                .statusCode(200)
                .body("state", equalTo("RELEASED"))
                .body("decision.by", equalTo("test-operator"))
                .body("decision.releasedInto", equalTo("shop_" + other + "_sales"));
        // Then another one cannot be made
        as(Roles.OPERATOR)
                .body("{\"reason\": \"after all\"}")
                .post(QUARANTINE + "/" + id + "/discard")
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"));
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(Tokens.of(role, shop)).contentType("application/json");
    }
}
