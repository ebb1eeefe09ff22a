package io.shopsync.provisioning.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.response.Response;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.Event;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.ReasonCode;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.platform.Roles;
import io.shopsync.provisioning.Api;
import io.shopsync.provisioning.Given;
import io.shopsync.provisioning.Logs;
import io.shopsync.provisioning.ServiceTest;
import io.shopsync.stack.testing.EventLog;
import io.shopsync.stack.testing.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ServiceTest
class CommandsTest {

    private static final Duration SOON = Duration.ofSeconds(15);

    private EventLog shops;
    private EventLog syncEvents;

    @BeforeEach
    void openLogs() {
        shops = Logs.shops();
        syncEvents = Logs.syncEvents();
    }

    @AfterEach
    void closeLogs() {
        shops.close();
        syncEvents.close();
    }

    @Test
    void suspendsAShopAndSaysWhenItIsDone() {
        // Given
        var shop = ready();
        // When
        var accepted = Api.post(Api.asAdmin(), Api.path(shop, "/suspend"), Map.of("reason", "invoice unpaid"));
        // Then
        accepted.then()
                .statusCode(202)
                .body("command", equalTo("SUSPEND"))
                .body("outcome", equalTo("PENDING"))
                .body("requestedBy", equalTo("test-admin"));
        assertThat(Api.status(shop)).isEqualTo("SUSPENDING");
        var event = awaitEvent(shop, ShopEvent.SyncDisabled.class);
        assertThat(event.actor()).contains("test-admin");
        assertThat(event.body()).isEqualTo(new ShopEvent.SyncDisabled(shop, "invoice unpaid"));
        assertThat(event.id()).isEqualTo(id(accepted));
        // When
        syncEvents.publish(Given.from(event.id(), new SyncEvent.ShopSuspended(shop)));
        // Then
        awaitStatus(shop, "SUSPENDED");
        follow(accepted).then().statusCode(200).body("outcome", equalTo("DONE")).body("finishedAt", notNullValue());
    }

    @Test
    void suspendsWithoutABodyToo() {
        // Given
        var shop = ready();
        // When
        Api.asAdmin().post(Api.path(shop, "/suspend")).then().statusCode(202);
        // Then
        assertThat(awaitEvent(shop, ShopEvent.SyncDisabled.class).body())
                .isEqualTo(new ShopEvent.SyncDisabled(shop, ""));
    }

    @Test
    void answersASecondSuspensionWithTheFirst() {
        // Given
        var shop = ready();
        var first = Api.asAdmin().post(Api.path(shop, "/suspend"));
        // When
        var second = Api.asAdmin().post(Api.path(shop, "/suspend"));
        // Then
        second.then().statusCode(202);
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertOnce(shop, ShopEvent.SyncDisabled.class);
    }

    @Test
    void resumesASuspendedShop() {
        // Given
        var shop = ready();
        Api.asAdmin().post(Api.path(shop, "/suspend"));
        syncEvents.publish(
                Given.from(awaitEvent(shop, ShopEvent.SyncDisabled.class).id(), new SyncEvent.ShopSuspended(shop)));
        awaitStatus(shop, "SUSPENDED");
        // When
        var accepted = Api.asAdmin().post(Api.path(shop, "/resume"));
        // Then
        accepted.then().statusCode(202);
        syncEvents.publish(
                Given.from(awaitEvent(shop, ShopEvent.SyncEnabled.class).id(), Given.provisioned(shop)));
        awaitStatus(shop, "READY");
        follow(accepted).then().body("outcome", equalTo("DONE"));
    }

    @Test
    void doesNothingWhenAShopIsResumedThatSyncs() {
        // Given
        var shop = ready();
        // When
        var accepted = Api.asAdmin().post(Api.path(shop, "/resume"));
        // Then
        accepted.then().statusCode(202).body("outcome", equalTo("DONE"));
        follow(accepted).then().statusCode(200);
        assertThat(Api.status(shop)).isEqualTo("READY");
        assertNone(shop, ShopEvent.SyncEnabled.class);
    }

    @Test
    void changesTheDatabases() {
        // Given
        var shop = ready();
        var sales = Given.databases("sales", "loyalty");
        // When
        var accepted = changeDatabases(shop, "sales", "loyalty");
        // Then
        accepted.then().statusCode(202);
        var event = awaitEvent(shop, ShopEvent.DatabasesChanged.class);
        assertThat(event.body()).isEqualTo(new ShopEvent.DatabasesChanged(shop, Set.of(sales)));
        syncEvents.publish(Given.from(event.id(), Given.provisioned(shop, sales)));
        awaitStatus(shop, "READY");
        Api.get(shop).then().body("databases.name", equalTo(List.of("loyalty", "sales")));
    }

    @Test
    void doesNothingWhenTheDatabasesAreThoseItHas() {
        // Given
        var shop = ready();
        // When
        changeDatabases(shop, "users", "sales", "products", "purchases").then().statusCode(202);
        // Then
        assertThat(Api.status(shop)).isEqualTo("READY");
        assertNone(shop, ShopEvent.DatabasesChanged.class);
    }

    @Test
    void rotatesPasswordsToNewOnes() {
        // Given
        var shop = ready();
        var before = password(shop);
        // When
        var accepted = rotate(shop, "first-" + shop);
        // Then
        accepted.then().statusCode(202);
        assertThat(password(shop)).isNotEqualTo(before);
        var event = awaitEvent(shop, ShopEvent.CredentialsRotated.class);
        syncEvents.publish(Given.from(event.id(), Given.provisioned(shop)));
        awaitStatus(shop, "READY");
        follow(accepted).then().body("outcome", equalTo("DONE"));
    }

    @Test
    void rotatesOnceForOneKeyEvenAfterItIsDone() {
        // Given
        var shop = ready();
        var first = rotate(shop, "key-" + shop);
        syncEvents.publish(
                Given.from(awaitEvent(shop, ShopEvent.CredentialsRotated.class).id(), Given.provisioned(shop)));
        awaitStatus(shop, "READY");
        var password = password(shop);
        // When
        var second = rotate(shop, "key-" + shop);
        // Then
        assertThat(id(second)).isEqualTo(id(first));
        assertThat(password(shop)).isEqualTo(password);
        // When
        var third = rotate(shop, "other-key-" + shop);
        // Then
        assertThat(id(third)).isNotEqualTo(id(first));
        assertThat(password(shop)).isNotEqualTo(password);
    }

    @Test
    void takesASecondRotationForTheOneUnderWay() {
        // Given
        var shop = ready();
        var first = Api.asAdmin().post(Api.path(shop, "/credentials/rotate"));
        var password = password(shop);
        // When
        var second = Api.asAdmin().post(Api.path(shop, "/credentials/rotate"));
        // Then
        assertThat(id(second)).isEqualTo(id(first));
        assertThat(password(shop)).isEqualTo(password);
        assertOnce(shop, ShopEvent.CredentialsRotated.class);
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherCommand() {
        // Given
        var shop = ready();
        rotate(shop, "key-" + shop).then().statusCode(202);
        // When
        var answer = Api.asOwner(shop).header("Idempotency-Key", "key-" + shop).delete(Api.path(shop));
        // Then
        answer.then().statusCode(409).body("code", equalTo("idempotency-key-reused"));
        assertThat(Api.status(shop)).isNotEqualTo("DELETING");
    }

    @Test
    void deletesAShopAndForgetsItsPasswords() {
        // Given
        var shop = ready();
        // When
        var accepted = Api.asAdmin().delete(Api.path(shop) + "?grace=PT0S");
        // Then
        accepted.then().statusCode(202);
        Api.get(shop).then().body("status", equalTo("DELETING")).body("purgeAfter", notNullValue());
        Api.get(shop, "/connection").then().statusCode(409).body("code", equalTo("shop-deleted"));
        var event = awaitEvent(shop, ShopEvent.Deleted.class);
        syncEvents.publish(Given.from(event.id(), new SyncEvent.ShopRemoved(shop, true)));
        awaitStatus(shop, "DELETED");
        follow(accepted).then().body("outcome", equalTo("DONE"));
    }

    @Test
    void keepsADeletedShopsDataForTheGraceThatIsUsual() {
        // Given
        var shop = ready();
        // When
        Api.asOwner(shop).delete(Api.path(shop)).then().statusCode(202);
        // Then
        var deleted = awaitEvent(shop, ShopEvent.Deleted.class);
        assertThat(deleted.body().purgeAfter())
                .isBetween(
                        Instant.now().plus(Duration.ofDays(29)), Instant.now().plus(Duration.ofDays(31)));
    }

    @Test
    void letsOnlyAnAdminShortenTheGrace() {
        // Given
        var shop = ready();
        // When Then
        Api.asOwner(shop).delete(Api.path(shop) + "?grace=PT1H").then().statusCode(403);
        assertThat(Api.status(shop)).isEqualTo("READY");
    }

    @Test
    void answersASecondDeletionWithTheFirst() {
        // Given
        var shop = ready();
        var first = Api.asAdmin().delete(Api.path(shop));
        // When
        var second = Api.asAdmin().delete(Api.path(shop) + "?grace=PT0S");
        // Then
        assertThat(id(second)).isEqualTo(id(first));
        assertOnce(shop, ShopEvent.Deleted.class);
    }

    @Test
    void refusesOtherCommandsAndSignupsForADeletedShop() {
        // Given
        var shop = ready();
        Api.asAdmin().delete(Api.path(shop)).then().statusCode(202);
        // When Then
        Api.asAdmin().post(Api.path(shop, "/resume")).then().statusCode(409).body("code", equalTo("shop-deleted"));
        Api.asAdmin().post(Api.path(shop, "/suspend")).then().statusCode(409).body("code", equalTo("shop-deleted"));
        changeDatabases(shop, "sales").then().statusCode(409).body("code", equalTo("shop-deleted"));
        Api.signUp(shop).then().statusCode(409).body("code", equalTo("shop-id-taken"));
    }

    @Test
    void saysThatACommandFailedWhenItsShopDid() {
        // Given
        var shop = ready();
        var accepted = changeDatabases(shop, "sales");
        // When
        syncEvents.publish(Given.from(
                id(accepted), new SyncEvent.ProvisioningFailed(shop, ReasonCode.COUCHDB_REFUSED_REQUEST, "illegal")));
        // Then
        awaitStatus(shop, "FAILED");
        follow(accepted).then().body("outcome", equalTo("FAILED"));
    }

    @Test
    void showsACommandOnlyUnderItsShop() {
        // Given
        var shop = ready();
        var other = ready();
        var accepted = Api.asAdmin().post(Api.path(shop, "/suspend"));
        // When Then
        Api.get(other, "/commands/" + id(accepted)).then().statusCode(404);
    }

    /** A shop that tills can sync with. */
    private ShopId ready() {
        var shop = Given.shop();
        Api.signUp(shop).then().statusCode(202);
        syncEvents.publish(Given.from(awaitEvent(shop, ShopEvent.Created.class).id(), Given.provisioned(shop)));
        awaitStatus(shop, "READY");
        return shop;
    }

    private static Response changeDatabases(ShopId shop, String... names) {
        return Api.asAdmin()
                .contentType("application/json")
                .body(Map.of("databases", names))
                .put(Api.path(shop, "/databases"));
    }

    private static Response rotate(ShopId shop, String key) {
        return Api.as(Tokens.of(Roles.OWNER, shop))
                .header("Idempotency-Key", key)
                .post(Api.path(shop, "/credentials/rotate"));
    }

    private static String password(ShopId shop) {
        return Api.get(shop, "/connection").then().statusCode(200).extract().path("password");
    }

    private static Response follow(Response accepted) {
        return Api.asAdmin().get(accepted.header("Location"));
    }

    private static UUID id(Response accepted) {
        return UUID.fromString(accepted.then().statusCode(202).extract().path("id"));
    }

    @SuppressWarnings("unchecked") // filtered by the body's class
    private <E extends Event> Envelope<E> awaitEvent(ShopId shop, Class<E> type) {
        return (Envelope<E>) await().atMost(SOON)
                .until(
                        () -> shops.of(shop).stream()
                                .filter(event -> type.isInstance(event.body()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private void assertOnce(ShopId shop, Class<? extends Event> type) {
        awaitMarker(shop);
        assertThat(shops.of(shop, type)).hasSize(1);
    }

    private void assertNone(ShopId shop, Class<? extends Event> type) {
        awaitMarker(shop);
        assertThat(shops.of(shop, type)).isEmpty();
    }

    /** Events of a shop stay in order: once a command that is given now is seen, all before it are. */
    private void awaitMarker(ShopId shop) {
        if (!shops.of(shop, ShopEvent.Deleted.class).isEmpty()) {
            return;
        }
        var shown = shops.of(shop, ShopEvent.ConnectionShown.class).size();
        Api.get(shop, "/connection");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(shops.of(shop, ShopEvent.ConnectionShown.class))
                        .hasSizeGreaterThan(shown));
    }

    private static void awaitStatus(ShopId shop, String status) {
        await().atMost(SOON).untilAsserted(() -> assertThat(Api.status(shop)).isEqualTo(status));
    }
}
