package io.shopsync.orchestrator.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.IsolationEvent.FindingRaised;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.couchdb.document.Attachment;
import io.shopsync.couchdb.document.GetOptions;
import io.shopsync.couchdb.document.RawJson;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.orchestrator.security.Guard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@OrchestratorTest
class QuarantineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
    void copiesRemovesAndReportsADocumentThatGotPastTheGuard() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        var sales = sales(shop);
        // When a document of another shop is written while the guard is away
        withoutGuard(sales);
        var rev = sales.documents().put("sale-1", document("other").put("amount", 7));
        sales.documents()
                .putAttachment(
                        "sale-1",
                        Optional.of(rev),
                        new Attachment("note.txt", "text/plain", "secret".getBytes(StandardCharsets.UTF_8)));
        // Then it is gone, its copy is whole, and there is one finding
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(sales.documents().get("sale-1")).isEmpty();
            assertThat(foundOf(shop, FindingKind.FOREIGN_DOCUMENT)).hasSizeBetween(1, 2);
        });
        var finding = foundOf(shop, FindingKind.FOREIGN_DOCUMENT).getLast();
        assertThat(finding.foundShopId()).contains("other");
        assertThat(finding.action()).isEqualTo("tombstoned");
        assertThat(finding.documentId()).contains("sale-1");
        var copy = quarantine()
                .documents()
                .get(finding.quarantineId().orElseThrow(), GetOptions.DEFAULT.withAttachments())
                .orElseThrow();
        assertThat(copy.at("/document/amount").asInt()).isEqualTo(7);
        assertThat(copy.at("/document/_rev").asText())
                .isEqualTo(finding.revision().orElseThrow());
    }

    @Test
    void putsTheGuardBackAndReportsIt() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        // When
        withoutGuard(sales(shop));
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(sales(shop).documents().get(Guard.ID)).isPresent();
            assertThat(foundOf(shop, FindingKind.GUARD_DRIFT)).hasSize(1);
        });
    }

    @Test
    void closesADatabaseThatWasOpenedToEveryoneOnceSomethingIsWrittenToIt() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        var wanted = sales(shop).security();
        // When
        sales(shop).putSecurity(SecurityDocument.EMPTY);
        sales(shop).documents().put("sale-1", document(shop.value()));
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(sales(shop).security()).isEqualTo(wanted);
            assertThat(foundOf(shop, FindingKind.SECURITY_DRIFT)).hasSize(1);
        });
        assertThat(sales(shop).documents().get("sale-1"))
                .as("the shop's own document")
                .isPresent();
    }

    @Test
    void findsALosingRevisionOfAnotherShop() {
        // Given a document of the shop's own with a foreign revision that loses against it
        var shop = stage.ready(Shops.created(Shops.fresh()));
        var sales = sales(shop);
        sales.documents()
                .put(
                        "sale-1",
                        document(shop.value()).put("_rev", sales.documents().put("sale-1", document(shop.value()))));
        withoutGuard(sales);
        sales.bulk().replicate(List.of(RawJson.of("""
                        {"_id":"sale-1","_rev":"1-00000000000000000000000000000000","shopId":"other",
                         "_revisions":{"start":1,"ids":["00000000000000000000000000000000"]}}""".getBytes(StandardCharsets.UTF_8))));
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(foundOf(shop, FindingKind.FOREIGN_DOCUMENT))
                    .singleElement()
                    .satisfies(it -> assertThat(it.revision()).contains("1-00000000000000000000000000000000"));
            var sale = sales.documents()
                    .get("sale-1", GetOptions.DEFAULT.withConflicts())
                    .orElseThrow();
            assertThat(sale.path("shopId").asText()).isEqualTo(shop.value());
            assertThat(sale.has("_conflicts")).isFalse();
        });
    }

    @Test
    void findsAllOfManyViolationsAtOnceAndReportsEachOnce() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        var sales = sales(shop);
        var foreign = IntStream.range(0, 500)
                .mapToObj(i -> document(i % 2 == 0 ? "other" : null).put("_id", "doc-" + i))
                .toList();
        // When
        withoutGuard(sales);
        sales.bulk().write(foreign);
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(foundOf(shop, FindingKind.FOREIGN_DOCUMENT)).hasSize(250);
            assertThat(foundOf(shop, FindingKind.UNMARKED_DOCUMENT)).hasSize(250);
        });
        assertThat(stage.found(shop))
                .filteredOn(it -> it.documentId().isPresent())
                .extracting(it -> it.documentId().orElseThrow())
                .doesNotHaveDuplicates();
        assertThat(sales.info().documents()).as("the guard alone").isEqualTo(1);
    }

    @Test
    void removesADesignDocumentThatIsNotOurs() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        // When
        sales(shop)
                .documents()
                .put("_design/spy", JsonNodeFactory.instance.objectNode().put("language", "javascript"));
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(sales(shop).documents().get("_design/spy")).isEmpty();
            assertThat(foundOf(shop, FindingKind.FOREIGN_DESIGN_DOCUMENT)).hasSize(1);
        });
    }

    @Test
    void reportsADatabaseThatNoShopOwns() {
        // Given
        var nobody = Shops.fresh();
        // When
        stage.couch().database("shop_" + nobody + "_sales").create(1);
        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(foundOf(nobody, FindingKind.UNOWNED_DATABASE))
                        .hasSize(1));
    }

    private static void withoutGuard(Database database) {
        var guard = database.documents().get(Guard.ID).orElseThrow();
        database.documents().delete(Guard.ID, guard.path("_rev").asText());
    }

    private static List<FindingRaised> foundOf(ShopId shop, FindingKind kind) {
        return stage.found(shop).stream()
                .filter(finding -> finding.finding() == kind)
                .toList();
    }

    private static Database sales(ShopId shop) {
        return stage.couch().database("shop_" + shop + "_sales");
    }

    private static Database quarantine() {
        return stage.couch().database("shopsync_quarantine");
    }

    private static ObjectNode document(String shopId) {
        var document = JsonNodeFactory.instance.objectNode();
        return shopId == null ? document : document.put("shopId", shopId);
    }
}
