package io.shopsync.orchestrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.couchdb.CouchException;
import io.shopsync.orchestrator.Faults;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.security.Guard;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@OrchestratorTest
class ProvisioningTest {

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
    void makesAShopThatItsTillsCanSyncAndOthersCannot() {
        // Given
        var created = Shops.created(Shops.fresh());
        var shop = created.body().shop();
        // When
        stage.publish(created);
        var provisioned = stage.awaitTold(created, SyncEvent.ShopProvisioned.class);
        // Then
        assertThat(provisioned.databases())
                .extracting(database -> database.name().value())
                .containsExactly("products", "purchases", "sales", "users");
        var till = stage.couch(shop.syncLogin(), Shops.password(shop, "first")).database("shop_" + shop + "_sales");
        till.documents().put("sale-1", document(shop.value()));
        assertThatThrownBy(() -> till.documents().put("sale-2", document("other")))
                .isInstanceOf(CouchException.Forbidden.class);
        var other = stage.ready(Shops.created(Shops.fresh()));
        assertThatThrownBy(() -> stage.couch(other.syncLogin(), Shops.password(other, "first"))
                        .database("shop_" + shop + "_sales")
                        .info())
                .isInstanceOf(CouchException.Forbidden.class);
    }

    @Test
    void tellsThatItBeginsAndThatItIsDoneWithTheWishAsCause() {
        // Given
        var created = Shops.created(Shops.fresh());
        // When
        stage.publish(created);
        stage.awaitTold(created, SyncEvent.ShopProvisioned.class);
        // Then
        assertThat(stage.told(created.body().shop()))
                .extracting(event -> event.body().getClass().getSimpleName())
                .containsExactly("ProvisioningStarted", "ShopProvisioned");
        assertThat(stage.told(created.body().shop()))
                .allSatisfy(event -> assertThat(event.cause()).contains(created.id()));
    }

    @Test
    void whatIsToldOfAWishIsPartOfItsTrace() {
        // Given
        var created = Shops.created(Shops.fresh());
        var trace = UUID.randomUUID().toString().replace("-", "");
        // When
        stage.publishTraced(created, "00-" + trace + "-00f067aa0ba902b7-01");
        stage.awaitTold(created, SyncEvent.ShopProvisioned.class);
        // Then
        assertThat(stage.traces(created.body().shop())).containsExactly(trace, trace);
    }

    @Test
    void asksNothingOfCouchDBForANewShopButWhatMakesIt() {
        // Given
        var created = Shops.created(Shops.fresh());
        // When
        stage.ready(created);
        // Then
        var requests = Faults.seen("_" + created.body().shop() + "_");
        assertThat(requests).hasSize(12);
        assertThat(requests).filteredOn(line -> line.endsWith("?q=1")).hasSize(4);
        assertThat(requests).filteredOn(line -> line.endsWith(Guard.ID)).hasSize(4);
        assertThat(requests).filteredOn(line -> line.endsWith("/_security")).hasSize(4);
        assertThat(requests).allMatch(line -> line.startsWith("PUT "));
    }

    @Test
    void aFactThatArrivesTwiceHasOneEffect() {
        // Given
        var created = Shops.created(Shops.fresh());
        var shop = stage.ready(created);
        // When
        stage.publish(created);
        var suspended = stage.publish(Shops.fact(new ShopEvent.SyncDisabled(shop, "unpaid")));
        stage.awaitTold(suspended, SyncEvent.ShopSuspended.class);
        // Then
        assertThat(stage.told(shop, SyncEvent.ShopProvisioned.class)).hasSize(1);
    }

    private static ObjectNode document(String shopId) {
        return JsonNodeFactory.instance.objectNode().put("shopId", shopId);
    }
}
