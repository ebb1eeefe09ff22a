package io.shopsync.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.couchdb.CouchOptions;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Credentials;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.document.WriteOutcome;
import io.shopsync.stack.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A server admin who does what no shop should suffer, and remembers what of it must be found. */
final class Trespasser implements AutoCloseable {

    private static final String GUARD = "_design/shopsync-guard";
    private static final int ALL = 10_000;

    private final SystemUnderTest system;
    private final CouchServer couch;
    private final Random random;
    private final Map<ShopId, List<Violation>> committed = new HashMap<>();
    private int number;

    Trespasser(SystemUnderTest system, Random random) {
        this.system = system;
        this.random = random;
        var server = system.infrastructure().couchdb();
        this.couch = CouchServer.connect(CouchOptions.of(server.url().toString())
                .withCredentials(Credentials.basic(server.username(), server.password())));
    }

    /**
     * What must be found once.
     *
     * @param kind id in the catalogue of findings
     * @param about the document, or the database where it is about no document
     */
    record Violation(String kind, String about) {}

    /** Stores documents as the shop's own tills do. */
    void storeOwn(ShopId shop, DatabaseName name, int documents) {
        store(
                database(shop, name),
                IntStream.range(0, documents)
                        .mapToObj(_ -> document().put("shopId", shop.value()))
                        .toList());
    }

    /** Takes the guard away, and stores documents of other shops, of no shop, and perhaps code. */
    void trespass(ShopId shop, DatabaseName name) {
        var database = database(shop, name);
        var guard = database.documents().get(GUARD).orElseThrow();
        database.documents().delete(GUARD, guard.path("_rev").asText());
        commit(shop, FindingKind.GUARD_DRIFT, database.name());
        var documents = IntStream.range(0, 1 + random.nextInt(30))
                .mapToObj(_ -> random.nextInt(4) == 0 ? document() : document().put("shopId", "somebody-else"))
                .toList();
        store(database, documents);
        documents.forEach(it ->
                commit(shop, it.has("shopId") ? FindingKind.FOREIGN_DOCUMENT : FindingKind.UNMARKED_DOCUMENT, id(it)));
        if (random.nextBoolean()) {
            var code = document().put("_id", "_design/spy-" + number++).put("language", "javascript");
            store(database, List.of(code));
            commit(shop, FindingKind.FOREIGN_DESIGN_DOCUMENT, id(code));
        }
    }

    /** What was done to the shop so far. */
    List<Violation> committed(ShopId shop) {
        return committed.getOrDefault(shop, List.of());
    }

    /** What the audit tells of it. */
    List<Violation> found(ShopId shop) {
        return system.api().findings(shop).stream()
                .map(finding -> new Violation(
                        finding.path("kind").asText(),
                        finding.path("documentId")
                                .asText(finding.path("database").asText())))
                .toList();
    }

    /** The documents that were committed, by id. */
    List<String> documents(ShopId shop) {
        return committed(shop).stream()
                .filter(it -> !it.kind().equals(FindingKind.GUARD_DRIFT.id()))
                .map(Violation::about)
                .toList();
    }

    /** Those whose copy is in quarantine, and which are dealt with. */
    List<String> quarantined(ShopId shop) {
        return system.api().all(Service.ORCHESTRATOR, "/api/v1/quarantine?state=SETTLED&shop=" + shop).stream()
                .map(copy -> copy.path("documentId").asText())
                .toList();
    }

    /** The ids of the documents that a database holds, the guard aside. */
    List<String> stored(ShopId shop, DatabaseName name) {
        return database(shop, name).documentsAfter("", ALL, false).stream()
                .map(row -> row.id())
                .filter(id -> !id.equals(GUARD))
                .toList();
    }

    @Override
    public void close() {
        couch.close();
    }

    private void commit(ShopId shop, FindingKind kind, String about) {
        committed.computeIfAbsent(shop, _ -> new ArrayList<>()).add(new Violation(kind.id(), about));
    }

    private static void store(Database database, List<ObjectNode> documents) {
        assertThat(database.bulk().write(documents)).allMatch(WriteOutcome.Stored.class::isInstance, "is stored");
    }

    private ObjectNode document() {
        return JsonNodeFactory.instance.objectNode().put("_id", "doc-" + number++);
    }

    private static String id(JsonNode document) {
        return document.path("_id").asText();
    }

    private Database database(ShopId shop, DatabaseName name) {
        return couch.database(name.of(shop).physicalName());
    }
}
