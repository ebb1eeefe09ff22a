package io.shopsync.bench.isolation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.shopsync.bench.Latencies;
import io.shopsync.bench.PrivateStack;
import io.shopsync.bench.Report;
import io.shopsync.contracts.ShopId;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.document.WriteOutcome;
import io.shopsync.stack.Service;
import io.shopsync.stack.process.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Documents that a server admin writes past the guard, until the audit tells of them. */
final class Trespass {

    private static final String GUARD = "_design/shopsync-guard";
    private static final String FOREIGN_DOCUMENT = "ISO-010";
    private static final int AT_ONCE = 32;
    private static final int TRIES = 50;
    private static final Duration LOOK = Duration.ofMillis(25);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PrivateStack stack;

    Trespass(PrivateStack stack) {
        this.stack = stack;
    }

    /** Writes one document; returns how long after the write it was in quarantine with a finding. */
    Duration inOneShop(ShopId shop, String document) {
        var path = "/api/v1/findings?shop=" + shop + "&kind=" + FOREIGN_DOCUMENT;
        var written = write(shop, document);
        var seen = new HashMap<String, Long>();
        awaitFound(Set.of(document), CompletableFuture.completedFuture(null), path, seen);
        requireQuarantined(Set.of(document), "shop=" + shop);
        return since(written, seen.get(document));
    }

    /** Writes one document to each shop, as many at once as CouchDB takes; returns how long each took to be found. */
    Latencies inAll(List<ShopId> shops, Report report) {
        var since = "from=" + Instant.now().minusSeconds(1);
        var path = "/api/v1/findings?limit=1000&kind=" + FOREIGN_DOCUMENT + '&' + since;
        var documents = shops.stream().map(Trespass::documentFor).collect(Collectors.toSet());
        var written = new ConcurrentHashMap<String, Long>();
        var seen = new HashMap<String, Long>();
        try (var admins = Executors.newFixedThreadPool(AT_ONCE)) {
            var writes = CompletableFuture.allOf(shops.stream()
                    .map(shop -> CompletableFuture.runAsync(
                            () -> written.put(documentFor(shop), write(shop, documentFor(shop))), admins))
                    .toArray(CompletableFuture[]::new));
            awaitFound(documents, writes, path, seen);
        }
        requireQuarantined(documents, since);
        var first = Collections.min(written.values());
        report.line("the last was written after", Report.text(since(first, Collections.max(written.values()))));
        report.line("all were found after", Report.text(since(first, Collections.max(seen.values()))));
        var latencies = new Latencies();
        written.forEach((document, time) -> latencies.add(since(time, seen.get(document))));
        return latencies;
    }

    private static String documentFor(ShopId shop) {
        return "at-once-" + shop;
    }

    private static Duration since(long begun, long end) {
        return Duration.ofNanos(end - begun);
    }

    /**
     * Waits until each document has its finding, and notes when each was first seen.
     *
     * @param writes of the documents
     * @throws IllegalStateException where one is missed, or found twice
     */
    private void awaitFound(
            Set<String> documents, CompletableFuture<Void> writes, String path, Map<String, Long> seen) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!seen.keySet().containsAll(documents)) {
            if (writes.isCompletedExceptionally()) {
                writes.join();
            }
            var ids = stack.api().all(Service.AUDIT, path).stream()
                    .map(finding -> finding.path("documentId").asText())
                    .filter(documents::contains)
                    .toList();
            long now = System.nanoTime();
            ids.forEach(id -> seen.putIfAbsent(id, now));
            if (ids.size() > seen.size()) {
                throw new IllegalStateException("a violation was found twice");
            }
            if (now > deadline) {
                throw new IllegalStateException((documents.size() - seen.size()) + " violations were not found");
            }
            Pause.of(LOOK);
        }
    }

    private void requireQuarantined(Set<String> documents, String filter) {
        var path = "/api/v1/quarantine?limit=1000&state=SETTLED&kind=" + FOREIGN_DOCUMENT + '&' + filter;
        var missing = new HashSet<>(documents);
        missing.removeAll(stack.api().all(Service.ORCHESTRATOR, path).stream()
                .map(copy -> copy.path("documentId").asText())
                .collect(Collectors.toSet()));
        if (!missing.isEmpty()) {
            throw new IllegalStateException(missing.size() + " documents have a finding and are not in quarantine");
        }
    }

    /** Takes the guard away and writes, before it is put back; returns when the write was sent. */
    private long write(ShopId shop, String document) {
        var database = stack.couchdb().database(Crowd.DATABASE.of(shop).physicalName());
        var body = JsonNodeFactory.instance.objectNode().put("_id", document).put("shopId", "somebody-else");
        for (int attempt = 0; attempt < TRIES; attempt++) {
            removeGuard(database);
            long begun = System.nanoTime();
            if (database.bulk().write(List.of(body)).getFirst() instanceof WriteOutcome.Stored) {
                return begun;
            }
        }
        throw new IllegalStateException("the guard of " + shop + " is put back too soon to write past it");
    }

    private static void removeGuard(Database database) {
        try {
            database.documents()
                    .get(GUARD)
                    .map(Trespass::revision)
                    .ifPresent(revision -> database.documents().delete(GUARD, revision));
        } catch (CouchException.Conflict | CouchException.NotFound _) {
            // It was put back, or replaced, meanwhile: the write tells.
        }
    }

    private static String revision(JsonNode guard) {
        return guard.path("_rev").asText();
    }
}
