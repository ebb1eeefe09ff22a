package io.shopsync.provisioning.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.restassured.response.Response;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.LoginKey;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.eventing.TraceContext;
import io.shopsync.platform.Roles;
import io.shopsync.provisioning.Api;
import io.shopsync.provisioning.Given;
import io.shopsync.provisioning.Logs;
import io.shopsync.provisioning.ServiceTest;
import io.shopsync.stack.testing.EventLog;
import io.shopsync.stack.testing.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ServiceTest
class SignupTest {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration HOUR = Duration.ofHours(1);

    private EventLog log;

    @BeforeEach
    void openLog() {
        log = Logs.shops();
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void acceptsAShopAndTellsWhereToFollowIt() {
        // Given
        var shop = Given.shop();
        // When
        var answer = Api.signUp(shop);
        // Then
        answer.then()
                .statusCode(202)
                .header("Location", endsWith(Api.path(shop)))
                .body("shopId", equalTo(shop.value()))
                .body("status", equalTo("REQUESTED"))
                .body("databases", hasSize(4))
                .body("links.progress", equalTo(Api.path(shop, "/progress")));
        Api.get(shop)
                .then()
                .statusCode(200)
                .body("status", equalTo("REQUESTED"))
                .body("owner", equalTo("test-owner"))
                .body("databases.name", equalTo(List.of("products", "purchases", "sales", "users")))
                .body("databases[0].physicalName", equalTo("shop_" + shop + "_products"))
                .body("databases[0].status", equalTo("REQUESTED"));
    }

    @Test
    void whatASignupPublishesIsPartOfItsTrace() {
        // Given
        var shop = Given.shop();
        var trace = UUID.randomUUID().toString().replace("-", "");
        var caller = Api.asOwner(shop).header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
        // When
        Api.post(caller, Api.SHOPS, Given.signup(shop)).then().statusCode(202);
        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(log.records())
                        .filteredOn(record -> shop.value().equals(record.key()))
                        .singleElement()
                        .satisfies(record -> assertThat(TraceContext.of(record).orElseThrow())
                                .contains(trace)));
    }

    @Test
    void publishesTheShopOnceWithKeysThatFitItsPasswords() {
        // Given
        var shop = Given.shop();
        // When
        Api.signUp(shop).then().statusCode(202);
        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(log.of(shop)).hasSize(1));
        var created = (ShopEvent.Created) log.of(shop).getFirst().body();
        assertThat(created.name()).isEqualTo("Shop " + shop);
        assertThat(created.databases()).isEqualTo(DatabaseName.DEFAULT_CATALOGUE);
        assertThat(created.logins()).extracting(LoginKey::login).containsExactly(shop.syncLogin(), shop.adminLogin());
        assertThat(log.of(shop).getFirst().actor()).contains("test-owner");
    }

    @Test
    void answersTheSameToTheSameRequestAgain() {
        // Given
        var shop = Given.shop();
        var first = Api.signUp(shop);
        // When
        var second = Api.signUp(shop);
        // Then
        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertPublishedOnce(shop);
    }

    @Test
    void doesNothingTwiceForThirtyTwoRequestsAtOnce() throws Exception {
        // Given
        var shop = Given.shop();
        var token = Tokens.of(Roles.OWNER, shop);
        // When
        var answers = atOnce(32, () -> Api.post(Api.as(token), Api.SHOPS, Given.signup(shop)));
        // Then
        assertThat(answers).extracting(Response::statusCode).containsOnly(202);
        assertThat(answers)
                .extracting(Response::asString)
                .containsOnly(answers.getFirst().asString());
        assertPublishedOnce(shop);
    }

    @Test
    void doesNothingTwiceForThirtyTwoRequestsAtOnceWithOneKey() throws Exception {
        // Given
        var shop = Given.shop();
        var token = Tokens.of(Roles.OWNER, shop);
        var key = "key-" + shop;
        // When
        var answers =
                atOnce(32, () -> Api.post(Api.as(token).header("Idempotency-Key", key), Api.SHOPS, Given.signup(shop)));
        // Then
        assertThat(answers).extracting(Response::statusCode).containsOnly(202);
        assertThat(answers)
                .extracting(Response::asString)
                .containsOnly(answers.getFirst().asString());
        assertPublishedOnce(shop);
    }

    @Test
    void acceptsOneOfManyThatWantTheSameIdAtOnce() throws Exception {
        // Given
        var shop = Given.shop();
        // When
        var answers = atOnce(
                16,
                () -> Api.post(
                        Api.as(Tokens.named("owner-" + Thread.currentThread().threadId(), Roles.OWNER, HOUR, shop)),
                        Api.SHOPS,
                        Given.signup(shop)));
        // Then
        assertThat(answers).extracting(Response::statusCode).containsOnlyOnce(202);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 202)
                .allSatisfy(answer -> answer.then()
                        .statusCode(409)
                        .contentType("application/problem+json")
                        .body("code", equalTo("shop-id-taken")));
        assertPublishedOnce(shop);
    }

    @Test
    void refusesAnIdThatAnotherHasTaken() {
        // Given
        var shop = Given.shop();
        Api.signUp(shop).then().statusCode(202);
        // When
        var other = Api.post(Api.as(Tokens.named("other", Roles.OWNER, HOUR, shop)), Api.SHOPS, Given.signup(shop));
        // Then
        other.then().statusCode(409).body("code", equalTo("shop-id-taken"));
    }

    @Test
    void refusesAnotherBodyForTheSameId() {
        // Given
        var shop = Given.shop();
        Api.signUp(shop).then().statusCode(202);
        // When
        var other = Api.post(Api.asOwner(shop), Api.SHOPS, Map.of("shopId", shop.value(), "name", "Another name"));
        // Then
        other.then().statusCode(409).body("code", equalTo("shop-id-taken"));
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherShop() {
        // Given
        var shop = Given.shop();
        var other = Given.shop();
        var key = "key-" + shop;
        Api.post(Api.asAdmin().header("Idempotency-Key", key), Api.SHOPS, Given.signup(shop))
                .then()
                .statusCode(202);
        // When
        var answer = Api.post(Api.asAdmin().header("Idempotency-Key", key), Api.SHOPS, Given.signup(other));
        // Then
        answer.then().statusCode(409).body("code", equalTo("idempotency-key-reused"));
        Api.get(other).then().statusCode(404);
    }

    @Test
    void leavesAKeyFreeWhoseRequestWasRefused() {
        // Given
        var taken = Given.shop();
        var free = Given.shop();
        var key = "key-" + taken;
        Api.signUp(taken).then().statusCode(202);
        Api.post(Api.asAdmin().header("Idempotency-Key", key), Api.SHOPS, Given.signup(taken))
                .then()
                .statusCode(409);
        // When
        var answer = Api.post(Api.asAdmin().header("Idempotency-Key", key), Api.SHOPS, Given.signup(free));
        // Then
        answer.then().statusCode(202);
    }

    @Test
    void makesTheDatabasesThatAreAskedFor() {
        // Given
        var shop = Given.shop();
        // When
        Api.post(
                        Api.asAdmin(),
                        Api.SHOPS,
                        Map.of("shopId", shop.value(), "name", "Two", "databases", Set.of("sales", "loyalty-2")))
                .then()
                .statusCode(202);
        // Then
        Api.get(shop).then().body("databases.name", equalTo(List.of("loyalty-2", "sales")));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(log.of(shop, ShopEvent.Created.class))
                        .singleElement()
                        .extracting(ShopEvent.Created::databases)
                        .isEqualTo(Set.of(Given.databases("sales", "loyalty-2"))));
    }

    /** Events of a shop stay in order: with a later one seen, no second signup can be on its way. */
    private void assertPublishedOnce(ShopId shop) {
        await().atMost(SOON).untilAsserted(() -> assertThat(log.of(shop)).isNotEmpty());
        Api.get(shop, "/connection").then().statusCode(200);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(log.of(shop, ShopEvent.ConnectionShown.class))
                        .hasSize(1));
        assertThat(log.of(shop, ShopEvent.Created.class)).hasSize(1);
    }

    private static List<Response> atOnce(int times, Callable<Response> request) throws Exception {
        try (var threads = Executors.newFixedThreadPool(times)) {
            var answers = new ArrayList<Response>();
            for (var answer : threads.invokeAll(Collections.nCopies(times, request))) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
