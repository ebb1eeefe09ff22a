package io.shopsync.orchestrator.proof;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.platform.Roles;
import io.shopsync.stack.testing.Tokens;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A service of its own, so that it has these shops alone. */
@OrchestratorTest
@TestProfile(AllShopsCheckTest.OfItsOwn.class)
class AllShopsCheckTest {

    /** Differs from no other profile but in being one. */
    public static final class OfItsOwn implements QuarkusTestProfile {}

    @Test
    void everyShopIsProven() {
        try (var stage = new Stage()) {
            // Given
            var one = stage.ready(Shops.created(Shops.fresh(), Shops.databases("sales")));
            var other = stage.ready(Shops.created(Shops.fresh(), Shops.databases("sales")));
            // When
            var token = Tokens.of(Roles.OPERATOR);
            String id = given().auth()
                    .oauth2(token)
                    .post("/api/v1/isolation-checks")
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("id");
            // Then
            var check = "/api/v1/isolation-checks/" + id;
            await().atMost(Duration.ofMinutes(3))
                    .untilAsserted(
                            () -> given().auth().oauth2(token).get(check).then().body("state", equalTo("DONE")));
            var report =
                    given().auth().oauth2(token).get(check + "/report.json").jsonPath();
            assertThat(report.getList("shops.shop", String.class)).contains(one.value(), other.value());
        }
    }
}
