package io.shopsync.provisioning.account;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.shopsync.contracts.ShopId;
import io.shopsync.provisioning.Api;
import io.shopsync.provisioning.Given;
import io.shopsync.provisioning.ServiceTest;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;

@ServiceTest
class TokensTest {

    private static final String ADMIN_PASSWORD = "the first administrator";
    private static final String PASSWORD = "correct horse battery";

    @Test
    void letsTheFirstAdministratorInAndMakeOthers() {
        // Given
        var token = token("admin", ADMIN_PASSWORD);
        var name = name();
        // When
        var made = Api.post(Api.as(token), "/api/v1/accounts", account(name, List.of("operator"), List.of()));
        // Then
        made.then()
                .statusCode(201)
                .body("name", equalTo(name))
                .body("roles", equalTo(List.of("operator")))
                .body("password", nullValue());
        Api.as(token("admin", ADMIN_PASSWORD))
                .get(made.header("Location"))
                .then()
                .statusCode(200);
        Api.as(token(name, PASSWORD)).get(Api.SHOPS).then().statusCode(200);
        Api.as(token(name, PASSWORD)).get("/api/v1/accounts").then().statusCode(403);
    }

    @Test
    void letsAnOwnerSeeTheShopsOfTheAccountAlone() {
        // Given
        var shop = Given.shop();
        var other = Given.shop();
        var name = name();
        make(name, List.of("owner"), List.of(shop));
        // When
        var token = token(name, PASSWORD);
        // Then
        Api.post(Api.as(token), Api.SHOPS, Given.signup(shop)).then().statusCode(202);
        Api.post(Api.as(token), Api.SHOPS, Given.signup(other))
                .then()
                .statusCode(403)
                .body("code", equalTo("shop-not-yours"));
        Api.get(shop).then().body("owner", equalTo(name));
    }

    @Test
    void signsTokensThatTheKeysItPublishesVerify() throws Exception {
        // Given
        var shop = Given.shop();
        var name = name();
        make(name, List.of("owner"), List.of(shop));
        // When
        var claims = verified(token(name, PASSWORD));
        // Then
        assertThat(claims.getSubject()).isEqualTo(name);
        assertThat(claims.getStringListClaimValue("groups")).containsExactly("owner");
        assertThat(claims.getStringListClaimValue("shops")).containsExactly(shop.value());
        assertThat(claims.getExpirationTime().getValue() - Instant.now().getEpochSecond())
                .isBetween(3500L, 3600L);
    }

    @Test
    void publishesNoPrivateHalf() {
        given().get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .body("keys", hasSize(1))
                .body("keys[0].kid", notNullValue())
                .body("keys[0].d", nullValue())
                .body("keys[0].p", nullValue());
    }

    @Test
    void refusesAWrongPasswordAndAnUnknownNameAlike() {
        // Given
        var name = name();
        make(name, List.of("auditor"), List.of());
        // When
        var wrong = ask(name, "wrong password");
        var unknown = ask(name(), PASSWORD);
        // Then
        wrong.then().statusCode(401).contentType("application/problem+json").body("code", equalTo("unauthenticated"));
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.asString()).isEqualTo(wrong.asString());
    }

    @Test
    void makesWhoeverGuessesWait() {
        // Given
        var name = name();
        make(name, List.of("auditor"), List.of());
        for (var attempt = 0; attempt < FailedLogins.FREE_ATTEMPTS; attempt++) {
            ask(name, "guess " + attempt).then().statusCode(401);
        }
        // When
        var answer = ask(name, PASSWORD);
        // Then
        answer.then()
                .statusCode(429)
                .body("code", equalTo("too-many-requests"))
                .header("Retry-After", matchesPattern("[12]?[0-9]|30"));
        ask("admin", ADMIN_PASSWORD).then().statusCode(200);
    }

    @Test
    void makesWhoeverGuessesManyAtTheSameTimeWaitToo() {
        // Given
        var name = name();
        make(name, List.of("auditor"), List.of());
        // When
        List<Integer> answers;
        try (var guessers = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = IntStream.range(0, 40)
                    .mapToObj(guess -> CompletableFuture.supplyAsync(
                            () -> ask(name, "guess " + guess).statusCode(), guessers))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
        // Then
        assertThat(answers).containsOnly(401, 429);
        assertThat(Collections.frequency(answers, 401))
                .isBetween(FailedLogins.FREE_ATTEMPTS, FailedLogins.FREE_ATTEMPTS + TokenIssuer.PASSWORDS_AT_ONCE - 1);
    }

    @Test
    void refusesTheTokensOfAnAccountThatIsGoneNoEarlierThanTheyExpireButGivesNoNewOnes() {
        // Given
        var name = name();
        make(name, List.of("auditor"), List.of());
        var token = token(name, PASSWORD);
        // When
        Api.asAdmin().delete("/api/v1/accounts/" + name).then().statusCode(204);
        // Then
        ask(name, PASSWORD).then().statusCode(401);
        Api.as(token).get(Api.SHOPS).then().statusCode(200);
        Api.asAdmin().get("/api/v1/accounts/" + name).then().statusCode(404);
        Api.asAdmin().delete("/api/v1/accounts/" + name).then().statusCode(404);
    }

    @Test
    void listsAccountsPageByPageWithoutTheirPasswords() {
        // Given
        var name = name();
        make(name, List.of("auditor"), List.of());
        make(name(), List.of("auditor"), List.of());
        // When
        var first = Api.asAdmin().get("/api/v1/accounts?limit=1");
        // Then
        first.then().statusCode(200).body("items", hasSize(1)).body("next", notNullValue());
        var rest = Api.asAdmin().get("/api/v1/accounts?limit=200&cursor=" + first.<String>path("next"));
        rest.then().statusCode(200).body("items.name", not(hasItem(first.<String>path("items[0].name"))));
        assertThat(first.asString() + rest.asString()).doesNotContain("password", "hash", "salt");
    }

    @Test
    void refusesANameThatIsTaken() {
        // Given
        var name = name();
        make(name, List.of("auditor"), List.of());
        // When Then
        Api.post(Api.asAdmin(), "/api/v1/accounts", account(name, List.of("admin"), List.of()))
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"));
    }

    private static JwtClaims verified(String token) throws Exception {
        var keys = new JsonWebKeySet(given().get("/.well-known/jwks.json").asString());
        var key = (RSAPublicKey) keys.getJsonWebKeys().getFirst().getKey();
        return new JwtConsumerBuilder()
                .setVerificationKey(key)
                .setRequireExpirationTime()
                .build()
                .processToClaims(token);
    }

    private static void make(String name, List<String> roles, List<ShopId> shops) {
        Api.post(Api.asAdmin(), "/api/v1/accounts", account(name, roles, shops))
                .then()
                .statusCode(201);
    }

    private static Map<String, Object> account(String name, List<String> roles, List<ShopId> shops) {
        return Map.of(
                "name", name,
                "password", PASSWORD,
                "roles", roles,
                "shops", shops.stream().map(ShopId::value).toList());
    }

    private static String token(String name, String password) {
        return ask(name, password)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("type", equalTo("Bearer"))
                .extract()
                .path("token");
    }

    private static Response ask(String name, String password) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("name", name, "password", password))
                .post("/api/v1/tokens");
    }

    private static String name() {
        return "user-" + UUID.randomUUID();
    }
}
