package io.shopsync.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.shopsync.contracts.ShopId;
import io.shopsync.platform.Roles;
import io.shopsync.stack.testing.Tokens;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every endpoint of the API's description, for every kind of caller. */
@AuditTest
class AccessTest {

    private static final ShopId SHOP = Given.shop();

    /** {@code {"alg":"none"}.{"groups":["admin"]}}. */
    private static final String UNSIGNED = "eyJhbGciOiJub25lIn0.eyJncm91cHMiOlsiYWRtaW4iXX0.";

    static Stream<String> endpoints() throws IOException {
        return OpenApiDocument.committed().paths();
    }

    static Stream<Arguments> readers() throws IOException {
        return endpoints()
                .flatMap(path -> Stream.of(
                                Tokens.of(Roles.ADMIN),
                                Tokens.of(Roles.OPERATOR),
                                Tokens.of(Roles.AUDITOR),
                                Tokens.of(Roles.OWNER, SHOP),
                                Tokens.of(Roles.OWNER, Given.shop(), SHOP))
                        .map(token -> Arguments.of(path, token)));
    }

    static Stream<Arguments> strangers() throws IOException {
        var expired = Tokens.named("late", Roles.ADMIN, Duration.ofHours(-1));
        return endpoints()
                .flatMap(path -> Stream.of(
                        Arguments.of(path, "an empty token", "Bearer "),
                        Arguments.of(path, "no JWT", "Bearer rubbish"),
                        Arguments.of(path, "an expired token", "Bearer " + expired),
                        Arguments.of(path, "a forged token", "Bearer " + Tokens.forged(Roles.ADMIN)),
                        Arguments.of(path, "an unsigned token", "Bearer " + UNSIGNED),
                        Arguments.of(path, "a password", "Basic YWRtaW46YWRtaW4=")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readers")
    void letsThoseReadWhoMay(String path, String token) {
        given().auth().oauth2(token).when().get(filled(path)).then().statusCode(answered(path));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endpoints")
    void tellsAnOwnerNothingOfAnotherShop(String path) {
        // Given
        var owner = given().auth().oauth2(Tokens.of(Roles.OWNER, Given.shop()));
        // When
        var response = path.contains("/shops/") ? owner.get(filled(path)) : owner.get(filled(path) + shopQuery(path));
        // Then
        if (path.contains("/shops/") || !shopQuery(path).isEmpty()) {
            response.then().statusCode(403).body("code", equalTo("shop-not-yours"));
        } else {
            response.then().statusCode(answered(path));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endpoints")
    void tellsAnOwnerWithoutShopsNothing(String path) {
        // Given
        var owner = given().auth().oauth2(Tokens.of(Roles.OWNER));
        // When
        var response = owner.get(filled(path));
        // Then
        if (path.contains("/shops/")) {
            response.then().statusCode(403);
        } else if (path.equals("/api/v1/events") || path.equals("/api/v1/findings")) {
            response.then().statusCode(200).body("items.size()", equalTo(0));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endpoints")
    void refusesARoleItDoesNotKnow(String path) {
        given().auth()
                .oauth2(Tokens.of("intern", SHOP))
                .when()
                .get(filled(path))
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("strangers")
    void refusesWhoShowsNoValidToken(String path, String kind, String authorization) {
        given().header("Authorization", authorization)
                .when()
                .get(filled(path))
                .then()
                .statusCode(401)
                .body("code", equalTo("unauthenticated"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endpoints")
    void refusesWhoShowsNoToken(String path) {
        given().when()
                .get(filled(path))
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("unauthenticated"));
    }

    @Test
    void asksNoTokenForHealthMetricsAndItsOwnDescription() {
        for (var path : List.of("/q/health/live", "/q/health/ready", "/q/health/started", "/q/metrics", "/q/openapi")) {
            assertThat(given().get(path).statusCode()).as(path).isEqualTo(200);
        }
    }

    private static String filled(String path) {
        return path.contains("/shops/")
                ? path.replace("{id}", SHOP.value())
                : path.replace("{id}", "00000000-0000-4000-8000-000000000000");
    }

    /** There is no event of the id that paths are filled with. */
    private static int answered(String path) {
        return path.equals("/api/v1/events/{id}") ? 404 : 200;
    }

    private static String shopQuery(String path) {
        return Stream.of("/api/v1/events", "/api/v1/findings", "/api/v1/reports/summary")
                        .anyMatch(path::equals)
                ? "?shop=" + SHOP
                : "";
    }
}
