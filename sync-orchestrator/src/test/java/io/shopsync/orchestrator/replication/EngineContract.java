package io.shopsync.orchestrator.replication;

import static io.restassured.RestAssured.given;
import static io.shopsync.orchestrator.replication.Standbys.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.http.ContentType;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.ReplicationReason;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.changes.Change;
import io.shopsync.couchdb.changes.ChangesQuery;
import io.shopsync.couchdb.document.RawJson;
import io.shopsync.orchestrator.CouchProxy;
import io.shopsync.orchestrator.Faults;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.StandbyProxy;
import io.shopsync.orchestrator.platform.Jdbc;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.orchestrator.replication.pair.Pair;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.PairState;
import io.shopsync.orchestrator.replication.pair.Pairs;
import io.shopsync.orchestrator.replication.pair.Refusals;
import io.shopsync.platform.Roles;
import io.shopsync.stack.testing.Tokens;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a shop may expect of replication, whichever engine does it. */
abstract class EngineContract {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    static Stage stage;
    static CouchServer standby;

    @Inject
    Pairs pairs;

    @Inject
    Refusals refusals;

    @Inject
    Jdbc jdbc;

    @BeforeAll
    static void open() {
        stage = new Stage();
        standby = Standbys.connect();
    }

    @AfterAll
    static void close() {
        stage.close();
        standby.close();
    }

    @Test
    void copiesConflictsDeletionsAndAttachments() {
        // Given
        var shop = ready();
        var source = here(sales(shop));
        // When
        var rev = source.documents().put("edited", document(shop));
        source.documents().put("edited", document(shop).put("_rev", rev).put("total", 2));
        var gone = source.documents().put("gone", document(shop));
        source.documents().put("gone", document(shop).put("_rev", gone).put("_deleted", true));
        source.bulk().replicate(List.of(torn(shop, "a"), torn(shop, "b")));
        var withReceipt = document(shop);
        withReceipt
                .putObject("_attachments")
                .putObject("receipt.txt")
                .put("content_type", "text/plain")
                .put("data", "aGVsbG8=");
        source.documents().put("attached", withReceipt);
        // Then
        awaitEqual(shop);
        assertThat(leaves(there(sales(shop)))).hasSize(4);
        assertThat(leaves(there(sales(shop))).get("torn")).hasSize(2);
        assertThat(there(sales(shop)).documents().attachment("attached", "receipt.txt"))
                .hasValue("hello".getBytes(StandardCharsets.UTF_8));
        awaitState(shop, PairState.IDLE);
    }

    @Test
    void copiesTenThousandDocuments() {
        // Given
        var shop = ready();
        // When
        for (var part = 0; part < 10; part++) {
            var batch = IntStream.range(part * 1000, (part + 1) * 1000)
                    .mapToObj(n -> document(shop).put("_id", "sale-" + n))
                    .toList();
            here(sales(shop)).bulk().write(batch);
        }
        // Then
        awaitEqual(shop);
        eventually().untilAsserted(() -> {
            var pair = pair(shop).orElseThrow();
            assertThat(pair.state()).isEqualTo(PairState.IDLE);
            assertThat(pair.totals().written()).isEqualTo(10_000);
            assertThat(pair.pending()).hasValue(0);
            assertThat(pair.lastSync()).isPresent();
        });
    }

    @Test
    void notesWhatIsTooLargeForTheTargetAndCopiesTheRest() {
        // Given
        var shop = ready();
        try (var _ = Faults.standbyTakesNothingLarge()) {
            // When
            here(sales(shop)).documents().put("large", document(shop).put("text", "x".repeat(CouchProxy.LARGE)));
            here(sales(shop)).documents().put("plain", document(shop));
            // Then
            eventually().untilAsserted(() -> {
                assertThat(there(sales(shop)).documents().get("plain")).isPresent();
                assertThat(refusals.page(shop, Optional.empty(), 10))
                        .singleElement()
                        .satisfies(refusal -> assertThat(refusal.documentId()).isEqualTo("large"));
                assertThat(trouble(shop)).contains(ReplicationReason.DOCUMENTS_REFUSED);
            });
        }
    }

    @Test
    void losesNothingWhereConnectionsAreCut() {
        // Given
        var shop = ready();
        // When
        try (var _ = Faults.standbyLosesAnswers(2, "shop_" + shop + "_sales/(_bulk_docs|_local)")) {
            for (var part = 0; part < 5; part++) {
                here(sales(shop))
                        .bulk()
                        .write(IntStream.range(0, 20)
                                .mapToObj(_ -> document(shop))
                                .toList());
            }
            // Then
            awaitEqual(shop);
        }
        awaitState(shop, PairState.IDLE);
        assertThat(there(sales(shop)).info().documents()).isEqualTo(101);
    }

    @Test
    void aPasswordThatWasRotatedUnderneathIsToldAndTheRightOneMendsIt() {
        // Given
        var shop = ready();
        StandbyProxy.rotatePassword(standby);
        try {
            // When
            here(sales(shop)).documents().put("sale-1", document(shop));
            // Then
            eventually().untilAsserted(() -> assertThat(trouble(shop)).contains(ReplicationReason.TARGET_REFUSED_US));
            assertThat(there(sales(shop)).documents().get("sale-1")).isEmpty();
        } finally {
            StandbyProxy.restorePassword(standby);
        }
        command(shop, "sync");
        awaitEqual(shop);
        awaitState(shop, PairState.IDLE);
    }

    @Test
    void aTargetThatWasAwayForLongIsCaughtUpWithWhenSomebodyAsks() {
        // Given
        var shop = ready();
        try (var _ = Faults.standbyAway()) {
            here(sales(shop)).documents().put("sale-1", document(shop));
            awaitState(shop, PairState.RETRYING);
            // As after days of failures: the next try is minutes away.
            jdbc.update(
                    "update replication_pair set attempt = 40, next_attempt_at = now() + interval '5 minutes'"
                            + " where shop = ?",
                    shop.value());
        }
        // When
        command(shop, "sync");
        // Then
        awaitEqual(shop);
        awaitState(shop, PairState.IDLE);
    }

    @Test
    void copiesASourceThatWasMadeAnew() {
        // Given
        var shop = ready();
        here(sales(shop)).documents().put("before", document(shop));
        awaitEqual(shop);
        // When
        here(sales(shop)).delete();
        stage.askToReconcile(shop);
        eventually().untilAsserted(() -> assertThat(here(sales(shop)).exists()).isTrue());
        here(sales(shop)).documents().put("after", document(shop));
        // Then
        eventually().untilAsserted(() -> assertThat(leaves(there(sales(shop)))).containsOnlyKeys("before", "after"));
    }

    @Test
    void goesOnAfterAPause() {
        // Given
        var shop = ready();
        command(shop, "pause");
        // When
        here(sales(shop)).documents().put("sale-1", document(shop));
        command(shop, "resume");
        // Then
        awaitEqual(shop);
        awaitState(shop, PairState.IDLE);
    }

    @Test
    void catchesUpAfterTheStandbyWasAway() {
        // Given
        var shop = ready();
        // When
        try (var _ = Faults.standbyAway()) {
            here(sales(shop)).documents().put("sale-1", document(shop));
            // Then
            awaitState(shop, PairState.RETRYING);
            assertThat(pair(shop).orElseThrow().lastError().orElseThrow().code())
                    .isIn(ReplicationReason.TARGET_UNREACHABLE, ReplicationReason.TARGET_OVERLOADED);
        }
        eventually()
                .untilAsserted(() ->
                        assertThat(there(sales(shop)).documents().get("sale-1")).isPresent());
        awaitState(shop, PairState.IDLE);
        assertThat(pair(shop).orElseThrow().lastError()).isEmpty();
    }

    @Test
    void makesADatabaseAnewThatWasDeletedAtTheStandby() {
        // Given
        var shop = ready();
        here(sales(shop)).documents().put("sale-1", document(shop));
        eventually()
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(there(sales(shop)).documents().get("sale-1")).isPresent());
        there(sales(shop)).delete();
        // When
        here(sales(shop)).documents().put("sale-2", document(shop));
        // Then
        eventually().ignoreExceptions().untilAsserted(() -> {
            assertThat(there(sales(shop)).documents().get("sale-1")).isPresent();
            assertThat(there(sales(shop)).documents().get("sale-2")).isPresent();
        });
    }

    @Test
    void keepsARefusedDocumentInMindAndCopiesItWhenItIsTakenAgain() {
        // Given
        var shop = ready();
        awaitState(shop, PairState.IDLE);
        var strict = JsonNodeFactory.instance
                .objectNode()
                .put("validate_doc_update", "function (doc) { if (doc.secret) throw({forbidden: 'no secrets'}); }");
        var strictRev = there(sales(shop)).documents().put("_design/strict", strict);
        // When
        here(sales(shop)).documents().put("secret", document(shop).put("secret", true));
        here(sales(shop)).documents().put("plain", document(shop));
        // Then
        eventually().untilAsserted(() -> {
            assertThat(there(sales(shop)).documents().get("plain")).isPresent();
            assertThat(refusals.page(shop, Optional.empty(), 10))
                    .singleElement()
                    .satisfies(refusal -> {
                        assertThat(refusal.documentId()).isEqualTo("secret");
                        assertThat(refusal.reason()).isEqualTo("no secrets");
                    });
        });
        eventually().untilAsserted(() -> assertThat(trouble(shop)).contains(ReplicationReason.DOCUMENTS_REFUSED));
        // When
        there(sales(shop)).documents().delete("_design/strict", strictRev);
        refusals.release(PairId.toStandby(sales(shop)));
        here(sales(shop)).documents().put("another", document(shop));
        // Then
        eventually().untilAsserted(() -> {
            assertThat(there(sales(shop)).documents().get("secret")).isPresent();
            assertThat(refusals.page(shop, Optional.empty(), 10)).isEmpty();
            assertThat(pair(shop).orElseThrow().state()).isEqualTo(PairState.IDLE);
        });
    }

    /** A shop with one database that is at the standby. */
    ShopId ready() {
        var shop = stage.ready(Shops.created(Shops.fresh(), Shops.databases("sales")));
        awaitState(shop, PairState.IDLE);
        return shop;
    }

    void awaitState(ShopId shop, PairState state) {
        eventually().untilAsserted(() -> assertThat(pair(shop).map(Pair::state)).contains(state));
    }

    Optional<ReplicationReason> trouble(ShopId shop) {
        return pair(shop).flatMap(Pair::lastError).map(Pair.Trouble::code);
    }

    Optional<Pair> pair(ShopId shop) {
        return pairs.find(PairId.toStandby(sales(shop)));
    }

    void command(ShopId shop, String command) {
        var location = given().auth()
                .oauth2(Tokens.of(Roles.OPERATOR))
                .contentType(ContentType.JSON)
                .body(Map.of("command", command))
                .post("/api/v1/shops/" + shop + "/sync/commands")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        eventually()
                .untilAsserted(() -> assertThat(given().auth()
                                .oauth2(Tokens.of(Roles.OPERATOR))
                                .get(location)
                                .jsonPath()
                                .getString("state"))
                        .isEqualTo("DONE"));
    }

    static void awaitEqual(ShopId shop) {
        eventually()
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(leaves(there(sales(shop)))).isEqualTo(leaves(here(sales(shop)))));
    }

    static ShopDatabase sales(ShopId shop) {
        return Standbys.sales(shop);
    }

    static Database here(ShopDatabase database) {
        return stage.couch().database(database.physicalName());
    }

    static Database there(ShopDatabase database) {
        return standby.database(database.physicalName());
    }

    static ObjectNode document(ShopId shop) {
        return Standbys.document(shop);
    }

    /** All leaf revisions but those of design documents. */
    private static Map<String, Set<String>> leaves(Database database) {
        var leaves = new TreeMap<String, Set<String>>();
        var all = ChangesQuery.since(ChangesQuery.BEGINNING).withAllLeaves();
        for (Change change : database.changes().page(all).changes()) {
            if (!change.id().startsWith("_design/")) {
                leaves.put(change.id(), new HashSet<>(change.revs()));
            }
        }
        return leaves;
    }

    private static RawJson torn(ShopId shop, String branch) {
        var torn = document(shop).put("_id", "torn").put("_rev", "1-" + branch);
        torn.putObject("_revisions").put("start", 1).putArray("ids").add(branch);
        return RawJson.of(torn.toString().getBytes(StandardCharsets.UTF_8));
    }
}
