package io.shopsync.bench.scan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.bench.PrivateStack;
import io.shopsync.bench.Rate;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.changes.ChangesQuery;
import io.shopsync.couchdb.document.WriteOutcome;
import io.shopsync.stack.Service;
import io.shopsync.stack.process.Pause;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

/** A shop's database full of its own documents, read raw and scanned by the system. */
final class ScannedDatabase {

    private static final int BATCH = 1_000;
    private static final int LIMIT = 200;
    private static final String TEXT = "x".repeat(470);

    /** Seldom enough that asking takes nothing from the scan worth speaking of. */
    private static final Duration LOOK = Duration.ofMillis(20);

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final PrivateStack stack;
    private final ShopDatabase name;
    private final int documents;

    ScannedDatabase(PrivateStack stack, ShopDatabase name, int documents) {
        this.stack = stack;
        this.name = name;
        this.documents = documents;
    }

    /** Writes the documents, each about 570 bytes as JSON. */
    void fill() {
        var database = database();
        for (int from = 0; from < documents; from += BATCH) {
            var outcomes = database.bulk()
                    .write(IntStream.range(from, Math.min(documents, from + BATCH))
                            .mapToObj(this::document)
                            .toList());
            if (outcomes.stream().anyMatch(WriteOutcome.Refused.class::isInstance)) {
                throw new IllegalStateException("CouchDB refused a document");
            }
        }
    }

    /** Reads the request of a scan from the first change on: what a scan cannot be faster than. */
    Rate raw() {
        return Rate.of(() -> {
            var found = database()
                    .changes()
                    .page(ChangesQuery.since(ChangesQuery.BEGINNING)
                            .withAllLeaves()
                            .matching(foreign())
                            .limit(LIMIT));
            if (found.changes().size() > 1) {
                throw new IllegalStateException("there is more than the guard that is not the shop's");
            }
            return documents;
        });
    }

    /** Asks for a scan of the shop's databases, and waits until none is due. */
    Rate scan() {
        return Rate.of(() -> {
            var asked = stack.api().send("POST", Service.ORCHESTRATOR, scans(), Map.of());
            if (asked.status() != 202) {
                throw new IllegalStateException("a scan was answered " + asked.status() + ' ' + asked.body());
            }
            awaitScanned();
            return documents;
        });
    }

    /** Waits until every change is scanned. */
    void awaitScanned() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (isDue()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("a scan has not ended within " + PATIENCE);
            }
            Pause.of(LOOK);
        }
    }

    private boolean isDue() {
        var answer = stack.api().get(Service.ORCHESTRATOR, scans());
        return answer.body().valueStream().anyMatch(it -> it.path("due").asBoolean());
    }

    private Database database() {
        return stack.couchdb().database(name.physicalName());
    }

    private String scans() {
        return "/api/v1/shops/" + name.shop() + "/scans";
    }

    private ObjectNode document(int number) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("_id", "sale-%07d".formatted(number))
                .put("shopId", name.shop().value())
                .put("number", number)
                .put("text", TEXT);
    }

    /** The selector that the orchestrator sends, as anyone who watches its requests sees it. */
    private ObjectNode foreign() {
        var selector = JsonNodeFactory.instance.objectNode();
        var either = selector.putArray("$or");
        var unmarked = either.addObject();
        unmarked.putObject("shopId").put("$exists", false);
        unmarked.putObject("_deleted").put("$exists", false);
        either.addObject()
                .putObject("shopId")
                .put("$exists", true)
                .put("$ne", name.shop().value());
        return selector;
    }
}
