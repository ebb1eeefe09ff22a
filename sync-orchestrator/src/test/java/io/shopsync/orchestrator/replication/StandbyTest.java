package io.shopsync.orchestrator.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.ReplicationReason;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.CouchOptions;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Credentials;
import io.shopsync.couchdb.Database;
import io.shopsync.orchestrator.Faults;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.StandbyProxy;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.orchestrator.replication.pair.Pair;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.PairState;
import io.shopsync.orchestrator.replication.pair.Pairs;
import io.shopsync.orchestrator.replication.pair.Refusals;
import io.shopsync.stack.testing.CouchResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@OrchestratorTest
@QuarkusTestResource(value = StandbyProxy.class, restrictToAnnotatedClass = true)
class StandbyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static Stage stage;
    private static CouchServer standby;

    @Inject
    Pairs pairs;

    @Inject
    Refusals refusals;

    @BeforeAll
    static void open() {
        stage = new Stage();
        var address = CouchResource.standby();
        standby = CouchServer.connect(CouchOptions.of(address.url().toString())
                .withCredentials(Credentials.basic(address.username(), address.password())));
    }

    @AfterAll
    static void close() {
        stage.close();
        standby.close();
    }

    @Test
    void tillsFindTheirShopAtTheStandbyWithTheSameLoginsAndGuards() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        // When
        here(sales(shop)).documents().put("sale-1", document(shop));
        // Then
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(asTill(shop, "first").documents().get("sale-1"))
                                .isPresent());
        assertThat(there(sales(shop)).security()).isEqualTo(here(sales(shop)).security());
        assertThatThrownBy(() -> asTill(shop, "first").documents().put("foreign", document(Shops.OTHER)))
                .isInstanceOf(CouchException.Forbidden.class);
    }

    @Test
    void copiesEditsConflictsDeletionsAndAttachments() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        var source = here(sales(shop));
        // When
        var rev = source.documents().put("edited", document(shop));
        source.documents().put("edited", document(shop).put("_rev", rev).put("total", 2));
        var gone = source.documents().put("gone", document(shop));
        source.documents().put("gone", document(shop).put("_rev", gone).put("_deleted", true));
        var withReceipt = document(shop);
        withReceipt
                .putObject("_attachments")
                .putObject("receipt.txt")
                .put("content_type", "text/plain")
                .put("data", "aGVsbG8=");
        source.documents().put("attached", withReceipt);
        // Then
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            assertThat(there(sales(shop))
                            .documents()
                            .get("edited")
                            .orElseThrow()
                            .path("total")
                            .asInt())
                    .isEqualTo(2);
            assertThat(there(sales(shop)).info().deleted()).isEqualTo(1);
            assertThat(there(sales(shop))
                            .documents()
                            .get("attached")
                            .orElseThrow()
                            .path("_attachments"))
                    .hasSize(1);
        });
    }

    @Test
    void aSuspensionHoldsAtTheStandbyToo() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(asTill(shop, "first").info().name()).isNotEmpty());
        // When
        var suspended = stage.publish(Shops.fact(new ShopEvent.SyncDisabled(shop, "unpaid")));
        stage.awaitTold(suspended, SyncEvent.ShopSuspended.class);
        // Then
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThatThrownBy(() -> asTill(shop, "first").info())
                                .isInstanceOf(CouchException.Unauthorized.class));
    }

    @Test
    void aNewPasswordIsTakenAtTheStandbyToo() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        // When
        stage.publish(Shops.fact(new ShopEvent.CredentialsRotated(shop, Shops.logins(shop, "second"))));
        // Then
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(asTill(shop, "second").info().name()).isNotEmpty());
        assertThatThrownBy(() -> asTill(shop, "first").info()).isInstanceOf(CouchException.Unauthorized.class);
    }

    @Test
    void nothingOfADeletedShopStaysAtTheStandby() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(there(sales(shop)).exists()).isTrue());
        // When
        stage.publish(Shops.fact(new ShopEvent.Deleted(shop, Instant.now().plusSeconds(2))));
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(standby.databases("shop_" + shop + "_")).isEmpty();
            assertThat(pairs.of(shop)).isEmpty();
            assertThat(stage.couch().databases("shop_" + shop + "_")).isEmpty();
        });
    }

    @Test
    void catchesUpAfterTheStandbyWasAway() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        awaitState(shop, PairState.IDLE);
        // When
        try (var _ = Faults.standbyAway()) {
            here(sales(shop)).documents().put("sale-1", document(shop));
            // Then
            awaitState(shop, PairState.RETRYING);
            assertThat(pair(shop).orElseThrow().lastError().orElseThrow().code())
                    .isIn(ReplicationReason.TARGET_UNREACHABLE, ReplicationReason.TARGET_OVERLOADED);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(there(sales(shop)).documents().get("sale-1")).isPresent());
        awaitState(shop, PairState.IDLE);
        assertThat(pair(shop).orElseThrow().lastError()).isEmpty();
    }

    @Test
    void makesADatabaseAnewThatWasDeletedAtTheStandby() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        here(sales(shop)).documents().put("sale-1", document(shop));
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(there(sales(shop)).documents().get("sale-1")).isPresent());
        there(sales(shop)).delete();
        // When
        here(sales(shop)).documents().put("sale-2", document(shop));
        // Then
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            assertThat(asTill(shop, "first").documents().get("sale-1")).isPresent();
            assertThat(asTill(shop, "first").documents().get("sale-2")).isPresent();
        });
    }

    @Test
    void keepsARefusedDocumentInMindAndCopiesItWhenItIsTakenAgain() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        awaitState(shop, PairState.IDLE);
        var strict = JsonNodeFactory.instance
                .objectNode()
                .put("validate_doc_update", "function (doc) { if (doc.secret) throw({forbidden: 'no secrets'}); }");
        var strictRev = there(sales(shop)).documents().put("_design/strict", strict);
        // When
        here(sales(shop)).documents().put("secret", document(shop).put("secret", true));
        here(sales(shop)).documents().put("plain", document(shop));
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(there(sales(shop)).documents().get("plain")).isPresent();
            assertThat(refusals.page(shop, Optional.empty(), 10))
                    .singleElement()
                    .satisfies(refusal -> {
                        assertThat(refusal.documentId()).isEqualTo("secret");
                        assertThat(refusal.reason()).isEqualTo("no secrets");
                    });
        });
        assertThat(pair(shop).orElseThrow().lastError().orElseThrow().code())
                .isEqualTo(ReplicationReason.DOCUMENTS_REFUSED);
        // When
        there(sales(shop)).documents().delete("_design/strict", strictRev);
        refusals.release(PairId.toStandby(sales(shop)));
        here(sales(shop)).documents().put("another", document(shop));
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(there(sales(shop)).documents().get("secret")).isPresent();
            assertThat(refusals.page(shop, Optional.empty(), 10)).isEmpty();
            assertThat(pair(shop).orElseThrow().state()).isEqualTo(PairState.IDLE);
        });
    }

    @Test
    void countsWhatItHasDone() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        // When
        here(sales(shop))
                .bulk()
                .write(IntStream.range(0, 50).mapToObj(_ -> document(shop)).toList());
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            var pair = pair(shop).orElseThrow();
            assertThat(pair.totals().written()).isEqualTo(50);
            assertThat(pair.totals().bytes()).isPositive();
            assertThat(pair.state()).isEqualTo(PairState.IDLE);
            assertThat(pair.lastSync()).isPresent();
            assertThat(pair.pending()).hasValue(0);
        });
    }

    private void awaitState(ShopId shop, PairState state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(pair(shop).map(Pair::state)).contains(state));
    }

    private Optional<Pair> pair(ShopId shop) {
        return pairs.find(PairId.toStandby(sales(shop)));
    }

    private static ShopDatabase sales(ShopId shop) {
        return new DatabaseName("sales").of(shop);
    }

    private static Database here(ShopDatabase database) {
        return stage.couch().database(database.physicalName());
    }

    private static Database there(ShopDatabase database) {
        return standby.database(database.physicalName());
    }

    private static Database asTill(ShopId shop, String secret) {
        return standby.as(Credentials.basic(shop.syncLogin(), Shops.password(shop, secret)))
                .database(sales(shop).physicalName());
    }

    private static ObjectNode document(ShopId shop) {
        return JsonNodeFactory.instance.objectNode().put("shopId", shop.value());
    }
}
