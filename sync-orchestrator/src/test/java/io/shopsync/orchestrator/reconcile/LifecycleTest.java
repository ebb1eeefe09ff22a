package io.shopsync.orchestrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.couchdb.user.PasswordKey;
import io.shopsync.couchdb.user.UserDocument;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@OrchestratorTest
class LifecycleTest {

    private static Stage stage;

    @BeforeAll
    static void open() {
        stage = new Stage();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void aSuspendedShopIsLockedOutAndFindsItsDataWhenItReturns() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        sales(shop, "first").documents().put("sale-1", document(shop));
        // When
        var suspended = stage.publish(Shops.fact(new ShopEvent.SyncDisabled(shop, "unpaid")));
        stage.awaitTold(suspended, SyncEvent.ShopSuspended.class);
        // Then
        awaitRefused(shop, "first");
        // When
        var enabled = stage.publish(Shops.fact(new ShopEvent.SyncEnabled(shop)));
        stage.awaitTold(enabled, SyncEvent.ShopProvisioned.class);
        // Then
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(sales(shop, "first").documents().get("sale-1"))
                        .isPresent());
    }

    @Test
    void aLoginThatCouchDBHashedAnewIsNoDrift() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        rehash(shop, "first");
        var sales = stage.couch().database("shop_" + shop + "_sales");
        sales.putSecurity(SecurityDocument.EMPTY);
        // When
        stage.askToReconcile(shop);
        // Then
        await().untilAsserted(() -> assertThat(stage.told(shop, SyncEvent.DriftRepaired.class))
                .singleElement()
                .satisfies(drift -> assertThat(drift.repairs())
                        .containsExactly(new SyncEvent.Repair(SyncEvent.RepairKind.SECURITY_SET, sales.name()))));
    }

    @Test
    void rotatedCredentialsReplaceTheOldOnesAlsoAfterCouchDBHashedThemAnew() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        rehash(shop, "first");
        // When
        var rotated = stage.publish(Shops.fact(new ShopEvent.CredentialsRotated(shop, Shops.logins(shop, "second"))));
        stage.awaitTold(rotated, SyncEvent.ShopProvisioned.class);
        // Then
        awaitRefused(shop, "first");
        assertThat(sales(shop, "second").info().name()).isEqualTo("shop_" + shop + "_sales");
    }

    @Test
    void aDatabaseThatLeavesTheCatalogueIsKeptClosedAndOpensAgainWhenItReturns() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh(), Shops.databases("sales", "stock")));
        sales(shop, "first").documents().put("sale-1", document(shop));
        // When
        var without =
                stage.publish(Shops.fact(new ShopEvent.DatabasesChanged(shop, Shops.databases("stock", "shifts"))));
        var provisioned = stage.awaitTold(without, SyncEvent.ShopProvisioned.class);
        // Then
        assertThat(provisioned.databases())
                .extracting(ready -> ready.name().value())
                .containsExactly("shifts", "stock");
        assertThatThrownBy(() -> sales(shop, "first").info()).isInstanceOf(CouchException.Forbidden.class);
        // When
        var with = stage.publish(Shops.fact(new ShopEvent.DatabasesChanged(shop, Shops.databases("sales"))));
        stage.awaitTold(with, SyncEvent.ShopProvisioned.class);
        // Then
        assertThat(sales(shop, "first").documents().get("sale-1")).isPresent();
    }

    @Test
    void aDeletedShopIsLockedOutAtOnceAndItsDatabasesGoWhenTheyMay() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        // When
        var deleted = stage.publish(
                Shops.fact(new ShopEvent.Deleted(shop, Instant.now().plus(Duration.ofSeconds(4)))));
        // Then
        assertThat(stage.awaitTold(deleted, SyncEvent.ShopRemoved.class).databasesPurged())
                .isFalse();
        awaitRefused(shop, "first");
        assertThat(stage.couch().databases("shop_" + shop + "_")).hasSize(4);
        await().untilAsserted(() -> assertThat(stage.told(shop, SyncEvent.ShopRemoved.class))
                .extracting(SyncEvent.ShopRemoved::databasesPurged)
                .containsExactly(false, true));
        assertThat(stage.couch().databases("shop_" + shop + "_")).isEmpty();
    }

    @Test
    void aShopThatSignsUpUnderADeletedShopsIdFindsNothingOfIt() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        sales(shop, "first").documents().put("sale-1", document(shop));
        stage.awaitTold(
                stage.publish(
                        Shops.fact(new ShopEvent.Deleted(shop, Instant.now().plus(Duration.ofDays(30))))),
                SyncEvent.ShopRemoved.class);
        // When
        stage.ready(Shops.created(shop));
        // Then
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(sales(shop, "first").documents().get("sale-1"))
                        .isEmpty());
    }

    @Test
    void driftOfEveryKindIsRepairedAndTold() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        var admin = stage.couch();
        var sales = admin.database("shop_" + shop + "_sales");
        var guard = sales.documents().get("_design/shopsync-guard").orElseThrow();
        sales.documents().put("_design/shopsync-guard", guard.put("validate_doc_update", "function () {}"));
        sales.putRevisionsLimit(1);
        admin.database("shop_" + shop + "_users").delete();
        var login = admin.users().get(shop.adminLogin()).orElseThrow();
        admin.users().delete(shop.adminLogin(), login.rev().orElseThrow());
        // When
        stage.askToReconcile(shop);
        // Then
        await().untilAsserted(() -> assertThat(stage.told(shop, SyncEvent.DriftRepaired.class))
                .singleElement()
                .satisfies(drift -> assertThat(drift.repairs())
                        .extracting(repair -> repair.kind() + " " + repair.target())
                        .containsExactlyInAnyOrder(
                                "LOGIN_WRITTEN " + shop.adminLogin(),
                                "GUARD_INSTALLED " + sales.name(),
                                "REVISIONS_LIMIT_SET " + sales.name(),
                                "DATABASE_CREATED shop_" + shop + "_users",
                                "GUARD_INSTALLED shop_" + shop + "_users",
                                "SECURITY_SET shop_" + shop + "_users")));
        assertThat(sales.revisionsLimit()).isEqualTo(1000);
        assertThatThrownBy(() -> sales.documents().put("foreign", document(Shops.OTHER)))
                .isInstanceOf(CouchException.Forbidden.class);
    }

    private static Database sales(ShopId shop, String secret) {
        return stage.couch(shop.syncLogin(), Shops.password(shop, secret))
                .database(new DatabaseName("sales").of(shop).physicalName());
    }

    /** What CouchDB does at the first use of a login, where {@code upgrade_hash_on_auth} is on. */
    private static void rehash(ShopId shop, String secret) {
        var users = stage.couch().database("_users").documents();
        var id = UserDocument.ID_PREFIX + shop.syncLogin();
        var key = PasswordKey.derive(Shops.password(shop, secret).toCharArray(), "another", 2_000);
        users.put(
                id,
                users.get(id)
                        .orElseThrow()
                        .put("iterations", key.iterations())
                        .put("salt", key.salt())
                        .put("derived_key", key.derivedKey()));
    }

    /** CouchDB keeps logins in a cache that hears of a change a moment later. */
    private static void awaitRefused(ShopId shop, String secret) {
        await().untilAsserted(() ->
                assertThatThrownBy(() -> sales(shop, secret).info()).isInstanceOf(CouchException.Unauthorized.class));
    }

    private static ObjectNode document(ShopId shop) {
        return JsonNodeFactory.instance.objectNode().put("shopId", shop.value());
    }
}
