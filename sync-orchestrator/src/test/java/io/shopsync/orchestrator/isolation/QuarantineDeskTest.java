package io.shopsync.orchestrator.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.Arc;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.IsolationEvent;
import io.shopsync.contracts.isolation.IsolationEvent.QuarantineDiscarded;
import io.shopsync.contracts.isolation.IsolationEvent.QuarantineReleased;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.document.GetOptions;
import io.shopsync.orchestrator.Faults;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.platform.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@OrchestratorTest
class QuarantineDeskTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String OPERATOR = "olga";

    private static Stage stage;
    private static Intruder intruder;

    private final QuarantineDesk desk =
            Arc.container().instance(QuarantineDesk.class).get();

    @BeforeAll
    static void open() {
        stage = new Stage();
        intruder = new Intruder(stage);
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void releasesADocumentToItsOwnerWithAllItsRevisionsAndAttachments() {
        // Given a document of one shop in another's database, with two leaf revisions, one with an attachment
        var acme = ready();
        var zeta = ready();
        var first = Intruder.revision("sale-1", 'a', zeta.value());
        first.putObject("_attachments")
                .putObject("note.txt")
                .put("content_type", "text/plain")
                .put("data", "c2VjcmV0");
        intruder.replicate(acme, first, Intruder.revision("sale-1", 'b', zeta.value()));
        var ids = intruder.quarantined(acme, 2);
        // When one of them is released
        var released = desk.release(ids.getFirst(), ReleaseTo.OWNER, OPERATOR);
        // Then both are where they belong, as they were, and no longer in quarantine
        assertThat(released.state()).isEqualTo(QuarantineState.RELEASED);
        assertThat(sales(zeta).documents().leaves("sale-1", true))
                .extracting(leaf -> leaf.rev().substring(0, 3))
                .containsExactlyInAnyOrder("1-a", "1-b");
        assertThat(sales(zeta)
                        .documents()
                        .revisions("sale-1", List.of(first.path("_rev").asText()), true))
                .singleElement()
                .satisfies(leaf -> assertThat(leaf.toString()).contains("c2VjcmV0"));
        assertThat(ids).allSatisfy(id -> assertThat(copy(id)).isFalse());
        // And each is told once, with who asked for it
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(told(zeta, QuarantineReleased.class)).hasSize(2);
            assertThat(told(zeta, QuarantineReleased.class)).allSatisfy(event -> {
                assertThat(event.actor()).contains(OPERATOR);
                assertThat(event.body()).extracting("database").isEqualTo("shop_" + zeta + "_sales");
            });
        });
    }

    @Test
    void keepsADocumentThatTheOwnerHasByNowBesideTheReleasedOneAsAConflict() {
        // Given
        var acme = ready();
        var zeta = ready();
        intruder.replicate(acme, Intruder.revision("sale-1", 'a', zeta.value()));
        var id = intruder.quarantined(acme, 1).getFirst();
        var own = sales(zeta).documents().put("sale-1", marked(zeta).put("amount", 1));
        // When
        desk.release(id, ReleaseTo.OWNER, OPERATOR);
        // Then
        assertThat(sales(zeta).documents().leaves("sale-1", false))
                .extracting(leaf -> leaf.rev())
                .containsExactlyInAnyOrder(own, "1-" + "a".repeat(32));
    }

    @Test
    void releasesNothingThatTheOwnerHasDeletedSince() {
        // Given a document that was copied from its owner, who has deleted it
        var acme = ready();
        var zeta = ready();
        intruder.replicate(zeta, Intruder.revision("sale-1", 'a', zeta.value()));
        sales(zeta)
                .documents()
                .put("sale-1", marked(zeta).put("_rev", "1-" + "a".repeat(32)).put("_deleted", true));
        intruder.replicate(acme, Intruder.revision("sale-1", 'a', zeta.value()));
        var id = intruder.quarantined(acme, 1).getFirst();
        // Then
        assertThatThrownBy(() -> desk.release(id, ReleaseTo.OWNER, OPERATOR))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("has gone on from it");
        assertThat(desk.entry(id).state()).isEqualTo(QuarantineState.SETTLED);
        assertThat(copy(id)).isTrue();
    }

    @Test
    void givesAnUnmarkedDocumentBackWithTheShopsId() {
        // Given
        var acme = ready();
        intruder.replicate(acme, Intruder.revision("sale-1", 'a', null));
        var id = intruder.quarantined(acme, 1).getFirst();
        assertThat(sales(acme).documents().get("sale-1")).isEmpty();
        // When
        desk.release(id, ReleaseTo.BACK, OPERATOR);
        // Then it is there, carries the id, and stays
        var back = sales(acme)
                .documents()
                .get("sale-1", GetOptions.DEFAULT.withConflicts())
                .orElseThrow();
        assertThat(back.path("shopId").asText()).isEqualTo(acme.value());
        assertThat(back.path("amount").asInt()).isEqualTo('a');
        assertThat(back.has("_conflicts")).isFalse();
        await().during(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(stage.found(acme))
                        .filteredOn(it -> it.documentId().isPresent())
                        .hasSize(1));
    }

    @Test
    void givesADocumentOfAnUnknownShopBackToo() {
        // Given
        var acme = ready();
        intruder.replicate(acme, Intruder.revision("sale-1", 'a', "ACME, Inc."));
        var id = intruder.quarantined(acme, 1).getFirst();
        assertThatThrownBy(() -> desk.release(id, ReleaseTo.OWNER, OPERATOR)).hasMessageContaining("no shop");
        // When
        desk.release(id, ReleaseTo.BACK, OPERATOR);
        // Then
        assertThat(sales(acme).documents().get("sale-1"))
                .hasValueSatisfying(
                        back -> assertThat(back.path("shopId").asText()).isEqualTo(acme.value()));
    }

    @Test
    void neverGivesAShopWhatIsAnothers() {
        // Given
        var acme = ready();
        var zeta = ready();
        intruder.replicate(acme, Intruder.revision("sale-1", 'a', zeta.value()));
        var id = intruder.quarantined(acme, 1).getFirst();
        // Then
        assertThatThrownBy(() -> desk.release(id, ReleaseTo.BACK, OPERATOR))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("release it to its owner");
        assertThat(desk.entry(id).state()).isEqualTo(QuarantineState.SETTLED);
    }

    @Test
    void discardsForGoodAndTellsWhy() {
        // Given
        var acme = ready();
        intruder.replicate(acme, Intruder.revision("sale-1", 'a', "other"));
        var id = intruder.quarantined(acme, 1).getFirst();
        // When asked for twice
        desk.discard(id, "a test document", OPERATOR);
        var again = desk.discard(id, "another reason", "oskar");
        // Then
        assertThat(again.state()).isEqualTo(QuarantineState.DISCARDED);
        assertThat(copy(id)).isFalse();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(told(acme, QuarantineDiscarded.class))
                        .singleElement()
                        .satisfies(event -> {
                            assertThat(event.actor()).contains(OPERATOR);
                            assertThat(event.body().reason()).contains("a test document");
                        }));
        assertThatThrownBy(() -> desk.release(id, ReleaseTo.BACK, OPERATOR)).hasMessageContaining("DISCARDED");
    }

    @Test
    void anAnswerThatIsLostLeavesADecisionThatIsCarriedOutByItself() {
        // Given
        var acme = ready();
        intruder.replicate(acme, Intruder.revision("sale-1", 'a', null));
        var id = intruder.quarantined(acme, 1).getFirst();
        // When CouchDB stores the document and nobody hears of it
        try (var _ = Faults.loseFirstAnswer("POST /shop_" + acme + "_sales/_bulk_docs")) {
            assertThatThrownBy(() -> desk.release(id, ReleaseTo.BACK, OPERATOR)).hasMessageContaining("CouchDB");
        }
        assertThat(desk.entry(id).state()).isEqualTo(QuarantineState.RELEASING);
        desk.resume(Duration.ZERO);
        // Then it is there once, and told once
        assertThat(desk.release(id, ReleaseTo.BACK, OPERATOR).state()).isEqualTo(QuarantineState.RELEASED);
        assertThat(sales(acme).documents().get("sale-1", GetOptions.DEFAULT.withConflicts()))
                .hasValueSatisfying(back -> assertThat(back.has("_conflicts")).isFalse());
        assertThat(copy(id)).isFalse();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(told(acme, QuarantineReleased.class)).hasSize(1));
    }

    @Test
    void theCopyStaysUntilTheTargetHasTheDocument() {
        // Given
        var acme = ready();
        intruder.replicate(acme, Intruder.revision("sale-1", 'a', null));
        var id = intruder.quarantined(acme, 1).getFirst();
        // When
        try (var _ = Faults.overloaded("POST /shop_" + acme + "_sales/_bulk_docs")) {
            assertThatThrownBy(() -> desk.release(id, ReleaseTo.BACK, OPERATOR)).hasMessageContaining("CouchDB");
            assertThat(copy(id)).isTrue();
        }
        // Then
        desk.resume(Duration.ZERO);
        assertThat(sales(acme).documents().get("sale-1")).isPresent();
        assertThat(copy(id)).isFalse();
    }

    @Test
    void whatComesBackAfterItWasDiscardedIsFoundAgain() {
        // Given
        var acme = ready();
        var foreign = Intruder.revision("sale-1", 'a', "other");
        intruder.replicate(acme, foreign);
        var id = intruder.quarantined(acme, 1).getFirst();
        desk.discard(id, "not needed", OPERATOR);
        // When the trace of it is purged and the very same revision is written again
        var tombstone =
                sales(acme).documents().leaves("sale-1", false).getFirst().rev();
        sales(acme).bulk().purge(Map.of("sale-1", List.of(tombstone)));
        intruder.replicate(acme, foreign);
        // Then
        assertThat(intruder.quarantined(acme, 2)).containsExactly(id, id);
        assertThat(copy(id)).isTrue();
        assertThat(sales(acme).documents().get("sale-1")).isEmpty();
    }

    @Test
    void localDocumentsOfAnotherShopAreQuarantinedToo() {
        // Given two with the same revision and other content
        var acme = ready();
        sales(acme).local().put("hidden", marked(Shops.OTHER).put("amount", 1));
        sales(acme).documents().put("sale-1", marked(acme));
        var ids = intruder.quarantined(acme, 1);
        // Then
        var entry = desk.entry(ids.getFirst());
        assertThat(entry.document().finding()).isEqualTo(FindingKind.FOREIGN_LOCAL_DOCUMENT);
        assertThat(sales(acme).local().get("hidden")).isEmpty();
        assertThatThrownBy(() -> desk.release(ids.getFirst(), ReleaseTo.BACK, OPERATOR))
                .hasMessageContaining("not released");
    }

    private static ShopId ready() {
        return stage.ready(Shops.created(Shops.fresh()));
    }

    private static Database sales(ShopId shop) {
        return intruder.sales(shop);
    }

    private static boolean copy(UUID id) {
        return stage.couch()
                .database("shopsync_quarantine")
                .documents()
                .get(id.toString())
                .isPresent();
    }

    private static <E extends IsolationEvent> List<Envelope<E>> told(ShopId shop, Class<E> type) {
        return stage.isolation(shop).stream()
                .filter(event -> type.isInstance(event.body()))
                .map(event -> new Envelope<>(
                        event.id(),
                        event.source(),
                        event.time(),
                        event.cause(),
                        event.actor(),
                        type.cast(event.body())))
                .toList();
    }

    private static ObjectNode marked(ShopId shop) {
        return JsonNodeFactory.instance.objectNode().put("shopId", shop.value());
    }
}
