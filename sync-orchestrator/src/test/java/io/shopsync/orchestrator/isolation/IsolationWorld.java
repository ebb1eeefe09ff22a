package io.shopsync.orchestrator.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.IsolationEvent.FindingRaised;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.changes.ChangesQuery;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.couchdb.document.LeafRevision;
import io.shopsync.couchdb.document.RawJson;
import io.shopsync.couchdb.document.WriteOutcome;
import io.shopsync.couchdb.user.UserDocument;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.orchestrator.security.Guard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Shops' {@code sales} databases as the oracle knows them: whose each document is, and what was done to them. */
final class IsolationWorld {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String TOKEN = "token";

    private final Stage stage;
    private final List<ShopId> shops;
    private final Random random;

    /** Every content ever stored, by its token; those of a shop's own also with their document's id. */
    private final Map<String, ShopId> foundIn = new HashMap<>();

    private final Map<String, String> ownDocuments = new HashMap<>();
    private final List<Injected> injected = new ArrayList<>();
    private int numbers;

    IsolationWorld(Stage stage, List<ShopId> shops, Random random) {
        this.stage = stage;
        this.shops = shops;
        this.random = random;
    }

    /** What must be found once: a kind of finding, and the document or what else it is about. */
    record Injected(ShopId shop, FindingKind kind, String about) {}

    void tillWrites(ShopId shop) {
        var body = own(shop);
        var id = "doc-" + body.path(TOKEN).asText();
        till(shop).documents().put(id, body);
        foundIn.put(body.path(TOKEN).asText(), shop);
        ownDocuments.put(id, body.path(TOKEN).asText());
    }

    void tillChangesItsDocument(ShopId shop) {
        ownDocument(shop)
                .ifPresent(id -> till(shop).documents().get(id).ifPresent(stored -> {
                    stored.put("changed", numbers++);
                    till(shop).documents().put(id, stored);
                }));
    }

    void tillTriesToSmuggle(ShopId shop) {
        var other = other(shop);
        assertThatThrownBy(() -> till(shop).documents().put("smuggled", own(other)))
                .isInstanceOf(CouchException.Forbidden.class);
        assertThatThrownBy(() -> till(shop, other).documents().put("smuggled", own(other)))
                .isInstanceOf(CouchException.Forbidden.class);
    }

    void adminWritesPastTheGuard(ShopId shop, int count) {
        removeGuard(shop);
        var documents = IntStream.range(0, count).mapToObj(_ -> foreign(shop)).toList();
        for (var outcome : admin(shop).bulk().write(documents)) {
            if (outcome instanceof WriteOutcome.Stored stored) {
                var body = documents.stream()
                        .filter(document -> document.path("_id").asText().equals(stored.id()))
                        .findFirst()
                        .orElseThrow();
                stored(shop, body, kind(body), stored.id());
            }
        }
        awaitGuard(shop);
    }

    void adminReplicatesALosingRevision(ShopId shop) {
        var id = ownDocument(shop);
        if (id.isEmpty()) {
            return;
        }
        removeGuard(shop);
        var hash = "0".repeat(24) + "%08x".formatted(numbers++);
        var body = foreign(shop).put("_id", id.get()).put("_rev", "1-" + hash);
        body.putObject("_revisions").put("start", 1).putArray("ids").add(hash);
        var raw = RawJson.of(body.toString().getBytes(StandardCharsets.UTF_8));
        if (admin(shop).bulk().replicate(List.of(raw)).isEmpty()) {
            stored(shop, body, kind(body), id.get());
        }
        awaitGuard(shop);
    }

    void adminWritesADesignDocument(ShopId shop) {
        var id = "_design/spy-" + numbers++;
        var token = "token-" + numbers++;
        admin(shop)
                .documents()
                .put(
                        id,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("language", "javascript")
                                .put(TOKEN, token));
        foundIn.put(token, shop);
        injected.add(new Injected(shop, FindingKind.FOREIGN_DESIGN_DOCUMENT, id));
    }

    void tillHidesALocalDocument(ShopId shop) {
        var id = "_local/hidden-" + numbers++;
        var body = own(other(shop));
        till(shop).local().put(id, body);
        foundIn.put(body.path(TOKEN).asText(), shop);
        injected.add(new Injected(shop, FindingKind.FOREIGN_LOCAL_DOCUMENT, id));
    }

    void adminOpensADatabase(ShopId shop) {
        admin(shop).putSecurity(SecurityDocument.EMPTY);
        drifted(shop, FindingKind.SECURITY_DRIFT, admin(shop).name());
    }

    void adminLimitsRevisions(ShopId shop) {
        admin(shop).putRevisionsLimit(1 + random.nextInt(900));
        drifted(shop, FindingKind.LIMIT_DRIFT, admin(shop).name());
    }

    void adminGivesALoginAnotherShopsRole(ShopId shop) {
        var users = stage.couch().users();
        var user = users.get(shop.syncLogin()).orElseThrow();
        users.put(new UserDocument(user.name(), Set.of(shop.role(), other(shop).role()), user.key(), user.rev()));
        drifted(shop, FindingKind.USER_DRIFT, "_users");
    }

    /** So that what nothing else tells of is looked at: {@code _local} documents are in no feed. */
    void wakeEveryDatabase() {
        shops.forEach(shop -> {
            tillWrites(shop);
            stage.askToReconcile(shop);
        });
    }

    List<Injected> injected() {
        return injected;
    }

    List<Injected> findings() {
        return shops.stream()
                .flatMap(shop -> stage.found(shop).stream())
                .map(IsolationWorld::injected)
                .toList();
    }

    /** What any shop's login sees, in its own database or another's, that is not its own. */
    List<String> strangersSeen() {
        var seen = new ArrayList<String>();
        for (var shop : shops) {
            for (var other : shops) {
                if (shop.equals(other)) {
                    leaves(till(shop)).stream()
                            .filter(body -> !body.path("shopId").asText().equals(shop.value()))
                            .forEach(body -> seen.add(shop + " sees " + body));
                } else if (sees(shop, other)) {
                    seen.add(shop + " sees the database of " + other);
                }
            }
        }
        return seen;
    }

    /** Contents that are neither where they were written nor in quarantine. */
    List<String> lost() {
        var there = new ArrayList<String>();
        shops.forEach(shop ->
                leaves(admin(shop)).forEach(body -> there.add(body.path(TOKEN).asText())));
        stage.couch().database("shopsync_quarantine").documentsAfter("", 100_000, true).stream()
                .flatMap(row -> row.body().stream())
                .forEach(copy -> there.add(copy.at("/document/" + TOKEN).asText()));
        return foundIn.keySet().stream().filter(token -> !there.contains(token)).toList();
    }

    private void stored(ShopId shop, ObjectNode body, FindingKind kind, String id) {
        foundIn.put(body.path(TOKEN).asText(), shop);
        injected.add(new Injected(shop, kind, id));
    }

    private void removeGuard(ShopId shop) {
        awaitGuard(shop);
        var guard = admin(shop).documents().get(Guard.ID).orElseThrow();
        admin(shop).documents().delete(Guard.ID, guard.path("_rev").asText());
        injected.add(new Injected(shop, FindingKind.GUARD_DRIFT, admin(shop).name()));
    }

    /** Until then a second removal would be one drift with the first. */
    private void awaitGuard(ShopId shop) {
        stage.askToReconcile(shop);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(admin(shop).documents().get(Guard.ID)).isPresent();
            assertThat(countOf(shop, FindingKind.GUARD_DRIFT)).isEqualTo(injectedOf(shop, FindingKind.GUARD_DRIFT));
        });
    }

    private void drifted(ShopId shop, FindingKind kind, String about) {
        injected.add(new Injected(shop, kind, about));
        stage.askToReconcile(shop);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(countOf(shop, kind)).isEqualTo(injectedOf(shop, kind)));
    }

    private long countOf(ShopId shop, FindingKind kind) {
        return stage.found(shop).stream().filter(it -> it.finding() == kind).count();
    }

    private long injectedOf(ShopId shop, FindingKind kind) {
        return injected.stream()
                .filter(it -> it.shop().equals(shop) && it.kind() == kind)
                .count();
    }

    private static Injected injected(FindingRaised finding) {
        return new Injected(
                finding.shop(),
                finding.finding(),
                finding.documentId().or(finding::database).orElseThrow());
    }

    private boolean sees(ShopId shop, ShopId other) {
        try {
            till(shop, other).info();
            return true;
        } catch (CouchException.Forbidden refused) {
            return false;
        }
    }

    private static List<ObjectNode> leaves(Database database) {
        return database.changes().page(ChangesQuery.since(ChangesQuery.BEGINNING)).changes().stream()
                .filter(change -> !change.id().startsWith("_design/"))
                .flatMap(change -> database.documents().leaves(change.id(), false).stream())
                .filter(LeafRevision.Found.class::isInstance)
                .map(leaf -> ((LeafRevision.Found) leaf).document())
                .toList();
    }

    private ObjectNode own(ShopId shop) {
        return JsonNodeFactory.instance.objectNode().put("shopId", shop.value()).put(TOKEN, "token-" + numbers++);
    }

    private ObjectNode foreign(ShopId shop) {
        var body = own(other(shop)).put("_id", "foreign-" + numbers++);
        return random.nextInt(3) == 0 ? body.without("shopId") : body;
    }

    private static FindingKind kind(ObjectNode body) {
        return body.has("shopId") ? FindingKind.FOREIGN_DOCUMENT : FindingKind.UNMARKED_DOCUMENT;
    }

    private Optional<String> ownDocument(ShopId shop) {
        var own = ownDocuments.entrySet().stream()
                .filter(entry -> foundIn.get(entry.getValue()).equals(shop))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return own.isEmpty() ? Optional.empty() : Optional.of(own.get(random.nextInt(own.size())));
    }

    private ShopId other(ShopId shop) {
        var others = shops.stream().filter(it -> !it.equals(shop)).toList();
        return others.get(random.nextInt(others.size()));
    }

    private Database admin(ShopId shop) {
        return sales(stage.couch(), shop);
    }

    private Database till(ShopId shop) {
        return till(shop, shop);
    }

    private Database till(ShopId shop, ShopId whose) {
        return sales(stage.couch(shop.syncLogin(), Shops.password(shop, "first")), whose);
    }

    private static Database sales(CouchServer server, ShopId shop) {
        return server.database("shop_" + shop + "_sales");
    }
}
