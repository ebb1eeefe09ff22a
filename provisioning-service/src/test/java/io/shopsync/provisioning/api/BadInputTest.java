package io.shopsync.provisioning.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.shopsync.contracts.ShopId;
import io.shopsync.platform.Roles;
import io.shopsync.provisioning.Api;
import io.shopsync.provisioning.Given;
import io.shopsync.provisioning.ServiceTest;
import io.shopsync.stack.testing.Tokens;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent that is wrong is answered 4xx, and the answer says what is wrong. */
@ServiceTest
class BadInputTest {

    private static final String A_MEGABYTE = "x".repeat(1024 * 1024);

    static Stream<Arguments> signups() {
        return Stream.of(
                // what, body, status, code, what the answer says
                bad("no body", "", 400, "invalid-request", "must not be null"),
                bad("null", "null", 400, "invalid-request", "must not be null"),
                bad("empty object", "{}", 400, "invalid-request", "shopId", "name"),
                bad("array", "[]", 400, "malformed-json", "body"),
                bad("text", "\"acme\"", 400, "malformed-json", "body"),
                bad("broken JSON", "{\"shopId\":", 400, "malformed-json", "not valid JSON"),
                bad("two documents", "{\"shopId\":\"acme\",\"name\":\"A\"}{}", 400, "malformed-json"),
                bad("member twice", "{\"shopId\":\"acme\",\"shopId\":\"acme\",\"name\":\"A\"}", 400, "malformed-json"),
                bad("unknown member", "{\"shopId\":\"acme\",\"name\":\"A\",\"q\":8}", 400, "malformed-json", "q"),
                bad("number as id", "{\"shopId\":12,\"name\":\"A\"}", 400, "malformed-json", "shopId"),
                bad("number as name", "{\"shopId\":\"acme\",\"name\":12}", 400, "malformed-json", "name"),
                bad("object as name", "{\"shopId\":\"acme\",\"name\":{}}", 400, "malformed-json", "name"),
                bad(
                        "text as databases",
                        "{\"shopId\":\"acme\",\"name\":\"A\",\"databases\":\"sales\"}",
                        400,
                        "malformed-json",
                        "databases"),
                bad(
                        "numbers as databases",
                        "{\"shopId\":\"acme\",\"name\":\"A\",\"databases\":[1]}",
                        400,
                        "malformed-json",
                        "databases"),
                badId("A"),
                badId("a"),
                badId(""),
                badId("Acme"),
                badId("a_b"),
                badId("a--b"),
                badId("-ab"),
                badId("ab-"),
                badId("a b"),
                badId("ä-shop"),
                badId("a/../b"),
                badId("acme\\n"),
                badId("acme\\u0000"),
                badId("a".repeat(41)),
                badId("a-".repeat(45) + "a"),
                badId("a".repeat(10_000)),
                badName(""),
                badName("   "),
                badName("x".repeat(121)),
                badName("a\\u0000b"),
                badName("a\\nb"),
                badName("\\ud800"),
                badDatabases("[]"),
                badDatabases("[\"\"]"),
                badDatabases("[null]"),
                badDatabases("[\"Sales\"]"),
                badDatabases("[\"_users\"]"),
                badDatabases("[\"1sales\"]"),
                badDatabases("[\"sa/les\"]"),
                badDatabases("[\"" + "s".repeat(31) + "\"]"),
                badDatabases(IntStream.range(0, 21)
                        .mapToObj(i -> "\"d" + i + "\"")
                        .collect(Collectors.joining(",", "[", "]"))),
                bad(
                        "a megabyte",
                        "{\"shopId\":\"acme\",\"name\":\"" + A_MEGABYTE + "\"}",
                        413,
                        "body-too-large",
                        "262144"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("signups")
    void refusesASignup(String what, String body, int status, String code, String[] says) {
        // When
        var answer = Api.asAdmin().contentType(ContentType.JSON).body(body).post(Api.SHOPS);
        // Then
        assertProblem(answer, status, code, says);
    }

    static Stream<Arguments> requests() {
        var shop = "/api/v1/shops/some-shop";
        return Stream.of(
                // method, path, body, status, code, what the answer says
                request("GET", "/api/v1/shops?cursor=!!!", "", 400, "invalid-cursor", "next"),
                request("GET", "/api/v1/shops?cursor=YQ", "", 400, "invalid-cursor", "next"),
                request("GET", "/api/v1/shops?cursor=" + "A".repeat(4000), "", 400, "invalid-cursor", "next"),
                request("GET", "/api/v1/shops?cursor=", "", 400, "invalid-request", "cursor"),
                request("GET", "/api/v1/shops?limit=0", "", 400, "invalid-request", "limit"),
                request("GET", "/api/v1/shops?limit=201", "", 400, "invalid-request", "limit"),
                request("GET", "/api/v1/shops?limit=-1", "", 400, "invalid-request", "limit"),
                request("GET", "/api/v1/shops?limit=ten", "", 400, "invalid-request", "limit"),
                request("GET", "/api/v1/shops?status=HAPPY", "", 400, "invalid-request", "status", "READY"),
                request("GET", "/api/v1/shops?status=", "", 400, "invalid-request", "status"),
                request("GET", "/api/v1/shops?state=READY", "", 400, "invalid-request", "state"),
                request("GET", "/api/v1/shops/Some_Shop", "", 400, "invalid-request", "shopId", "letters"),
                request("GET", "/api/v1/shops/some%00shop", "", 400, "invalid-request", "shopId"),
                request("GET", "/api/v1/shops/Some_Shop/connection", "", 400, "invalid-request", "shopId"),
                request("GET", "/api/v1/shops/Some_Shop/progress", "", 400, "invalid-request", "shopId"),
                request("POST", "/api/v1/shops/Some_Shop/suspend", "", 400, "invalid-request", "shopId"),
                request("DELETE", "/api/v1/shops/Some_Shop", "", 400, "invalid-request", "shopId"),
                request("DELETE", shop + "?grace=soon", "", 400, "invalid-request", "grace", "P30D"),
                request("DELETE", shop + "?grace=-PT1H", "", 400, "invalid-request", "grace"),
                request("DELETE", shop + "?grace=P9999D", "", 400, "invalid-request", "grace"),
                request("DELETE", shop + "?grace=PT9999999999999999999H", "", 400, "invalid-request", "grace"),
                request("PUT", shop + "/databases", "{}", 400, "invalid-request", "databases"),
                request("PUT", shop + "/databases", "{\"databases\":[]}", 400, "invalid-request", "databases"),
                request("PUT", shop + "/databases", "{\"databases\":[\"A\"]}", 400, "invalid-request", "letter"),
                request("PUT", shop + "/databases", "[\"sales\"]", 400, "malformed-json"),
                request("POST", shop + "/suspend", "{\"why\":\"x\"}", 400, "malformed-json", "why"),
                request(
                        "POST",
                        shop + "/suspend",
                        "{\"reason\":\"" + "x".repeat(201) + "\"}",
                        400,
                        "invalid-request",
                        "reason"),
                request("GET", shop + "/commands/1", "", 400, "invalid-request", "UUID"),
                request("POST", "/api/v1/accounts", "{}", 400, "invalid-request", "name", "password", "roles"),
                request(
                        "POST",
                        "/api/v1/accounts",
                        account("Anna Smith", "correct horse battery", "auditor", ""),
                        400,
                        "invalid-request",
                        "name"),
                request(
                        "POST",
                        "/api/v1/accounts",
                        account("anna", "short", "auditor", ""),
                        400,
                        "invalid-request",
                        "password"),
                request(
                        "POST",
                        "/api/v1/accounts",
                        account("anna", "correct horse battery", "king", ""),
                        400,
                        "malformed-json",
                        "king"),
                request(
                        "POST",
                        "/api/v1/accounts",
                        account("anna", "correct horse battery", "owner", ""),
                        400,
                        "invalid-request",
                        "owner has shops"),
                request(
                        "POST",
                        "/api/v1/accounts",
                        account("anna", "correct horse battery", "auditor", "\"acme\""),
                        400,
                        "invalid-request",
                        "owner has shops"),
                request(
                        "POST",
                        "/api/v1/accounts",
                        account("anna", "correct horse battery", "owner", "\"A_B\""),
                        400,
                        "invalid-request",
                        "shops"),
                request("GET", "/api/v1/accounts/Anna%20Smith", "", 400, "invalid-request", "name"),
                request("GET", "/api/v1/accounts?cursor=%25", "", 400, "invalid-cursor", "next"),
                request("GET", "/api/v1/accounts?cursor=AA", "", 400, "invalid-cursor", "next"),
                request(
                        "POST",
                        "/api/v1/tokens",
                        "{\"name\":\"a\\u0000\",\"password\":\"x\"}",
                        400,
                        "invalid-request",
                        "name"),
                request("POST", "/api/v1/tokens", "{}", 400, "invalid-request", "name", "password"),
                request(
                        "POST",
                        "/api/v1/tokens",
                        "{\"name\":\"a\",\"password\":\"" + A_MEGABYTE + "\"}",
                        413,
                        "body-too-large"),
                request("PATCH", "/api/v1/shops", "{}", 405, "method-not-allowed"),
                request("DELETE", "/api/v1/shops", "", 405, "method-not-allowed"),
                request("GET", "/api/v1/nothing", "", 404, "not-found"),
                request("GET", "/api/v1/shops/some-shop/nothing", "", 404, "not-found"));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("requests")
    void refusesARequest(String method, String path, String body, int status, String code, String[] says) {
        // Given
        var request = Api.asAdmin().urlEncodingEnabled(false);
        if (!body.isEmpty()) {
            request.contentType(ContentType.JSON).body(body);
        }
        // When
        var answer = request.request(method, path);
        // Then
        assertProblem(answer, status, code, says);
    }

    @Test
    void refusesAMegabyteWhoseLengthIsNotSaidBeforehand() throws Exception {
        // Given
        var bytes = ("{\"shopId\":\"acme\",\"name\":\"" + A_MEGABYTE + "\"}").getBytes(StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + Api.SHOPS))
                .header("Authorization", "Bearer " + Tokens.of(Roles.ADMIN))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
                .build();
        // When
        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var answer = client.send(request, BodyHandlers.ofString());
            // Then
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("body-too-large");
        }
    }

    @Test
    void refusesABodyThatIsNoJson() {
        var answer = Api.asAdmin().contentType("text/plain").body("acme").post(Api.SHOPS);
        assertProblem(answer, 415, "unsupported-media-type");
    }

    @Test
    void refusesAClientThatTakesNoJson() {
        var answer = Api.asAdmin().accept("text/html").get(Api.SHOPS);
        assertProblem(answer, 406, "not-acceptable");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void refusesAKeyThatIsNone(String key) {
        var answer = Api.post(Api.asAdmin().header("Idempotency-Key", key), Api.SHOPS, Given.signup(Given.shop()));
        assertProblem(answer, 400, "invalid-request", "visible ASCII");
    }

    static Stream<String> keys() {
        return Stream.of("two words", "x".repeat(129));
    }

    @Test
    void takesTheLongestIdAndNameThatAreAllowed() {
        // Given
        var longest = new ShopId("a" + "-b".repeat(39));
        // When
        var answer = Api.asAdmin()
                .contentType(ContentType.JSON)
                .body("{\"shopId\":\"" + longest + "\",\"name\":\"" + "ß".repeat(120) + "\"}")
                .post(Api.SHOPS);
        // Then
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(longest.value()).hasSize(ShopId.MAX_LENGTH);
    }

    private static void assertProblem(Response answer, int status, String code, String... says) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.<String>path("code")).as(answer.asString()).isEqualTo(code);
        assertThat(answer.<Integer>path("status")).isEqualTo(status);
        assertThat(answer.<String>path("detail"))
                .doesNotContain("io.shopsync", "Exception")
                .satisfies(detail -> assertThat(Arrays.asList(says))
                        .allSatisfy(part -> assertThat(detail).contains(part)));
    }

    private static Arguments bad(String what, String body, int status, String code, String... says) {
        return Arguments.of(what, body, status, code, says);
    }

    private static Arguments badId(String id) {
        var shown = id.length() > 50 ? id.length() + " characters" : id;
        return bad(
                "id '" + shown + "'",
                "{\"shopId\":\"" + id + "\",\"name\":\"A\"}",
                400,
                "invalid-request",
                "shopId: must be 2 to 40 letters");
    }

    private static Arguments badName(String name) {
        return bad(
                "name of " + name.length(),
                "{\"shopId\":\"acme\",\"name\":\"" + name + "\"}",
                400,
                "invalid-request",
                "name: ");
    }

    private static Arguments badDatabases(String databases) {
        return bad(
                "databases " + databases,
                "{\"shopId\":\"acme\",\"name\":\"A\",\"databases\":" + databases + "}",
                400,
                "invalid-request",
                "databases");
    }

    private static Arguments request(String method, String path, String body, int status, String code, String... says) {
        return Arguments.of(method, path, body, status, code, says);
    }

    private static String account(String name, String password, String role, String shops) {
        return "{\"name\":\"%s\",\"password\":\"%s\",\"roles\":[\"%s\"],\"shops\":[%s]}"
                .formatted(name, password, role, shops);
    }
}
