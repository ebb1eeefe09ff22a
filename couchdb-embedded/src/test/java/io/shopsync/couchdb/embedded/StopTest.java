package io.shopsync.couchdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.embedded.http.Faults.Match;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops a server that is busy, and looks at what the next one finds. */
class StopTest {
    private static final int ROUNDS = 3;
    private static final int WRITERS = 16;
    private static final int ACKNOWLEDGED = 200;
    private static final String DATABASE = "/shop_stop_sales";

    @TempDir
    private Path data;

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final Queue<Client.Answer> unexpected = new ConcurrentLinkedQueue<>();
    private final Logger logger = Logger.getLogger(EmbeddedCouch.class.getPackageName());
    private final Errors errors = new Errors();

    @BeforeEach
    void listen() {
        logger.addHandler(errors);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(errors);
    }

    @Test
    void losesNoAcknowledgedWriteAndAnswersNoneWithAnError() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            try (var couch = start();
                    var clients = Executors.newVirtualThreadPerTaskExecutor()) {
                var client = Client.of(couch.url());
                client.put(DATABASE, "");
                for (int writer = 0; writer < WRITERS; writer++) {
                    var prefix = "r" + round + "-w" + writer + "-";
                    clients.execute(() -> writeUntilItStops(client, prefix));
                }
                var job = "/_replicator/r" + round + "-";
                clients.execute(() -> replicateUntilItStops(client, job));
                int goal = (round + 1) * ACKNOWLEDGED;
                await().atMost(60, TimeUnit.SECONDS)
                        .untilAsserted(() -> assertThat(acknowledged).hasSizeGreaterThan(goal));
                // When
                couch.stop();
            }
            // Then
            assertThat(unexpected).isEmpty();
            assertThat(errors.messages)
                    .as("what broke while nobody listened any more")
                    .isEmpty();
            try (var couch = start()) {
                assertHasWhatWasAcknowledged(Client.of(couch.url()));
            }
        }
    }

    @Test
    void waitsForNobodyWhoOnlyListens() throws Exception {
        // Given
        var couch = start();
        var client = Client.of(couch.url());
        client.put(DATABASE, "");
        client.put("/shop_stop_copy", "");
        var job = client.post("/_replicate", """
                {"source":"shop_stop_sales","target":"shop_stop_copy","continuous":true}""");
        assertThat(job.status()).isEqualTo(202);
        couch.faults().delay(Match.of("GET", "/_up"), Duration.ofMinutes(5));
        var feed = failing(() -> client.trySend("GET", DATABASE + "/_changes?feed=continuous&heartbeat=60000", ""));
        var late = failing(() -> client.trySend("GET", "/_up", ""));
        // When
        long began = System.nanoTime();
        couch.close();
        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        assertThat(feed).succeedsWithin(Duration.ofSeconds(5));
        assertThat(late).succeedsWithin(Duration.ofSeconds(5));
    }

    private EmbeddedCouch start() {
        return EmbeddedCouch.builder().directory(data).start(0);
    }

    private void writeUntilItStops(Client client, String prefix) {
        try {
            for (int number = 0; ; number++) {
                var id = prefix + number;
                var answer = client.trySend("PUT", DATABASE + "/" + id, "{\"n\":" + number + "}");
                if (answer.status() == 201) {
                    acknowledged.put(id, answer.rev());
                } else {
                    unexpected.add(answer);
                }
            }
        } catch (IOException e) {
            // It stopped, as it was to.
        }
    }

    /** All of these are one job: of each but the first the server itself writes that it failed. */
    private void replicateUntilItStops(Client client, String prefix) {
        try {
            for (int number = 0; ; number++) {
                var answer = client.trySend("PUT", prefix + number, """
                        {"source":"http://127.0.0.1:1/a","target":"http://127.0.0.1:1/b","continuous":true}""");
                if (answer.status() != 201) {
                    unexpected.add(answer);
                }
            }
        } catch (IOException e) {
            // It stopped, as it was to.
        }
    }

    private void assertHasWhatWasAcknowledged(Client client) {
        var documents = client.get(DATABASE + "/_all_docs").json().path("rows");
        var changes = client.get(DATABASE + "/_changes").json().path("results");
        Map<String, String> kept = new ConcurrentHashMap<>();
        documents.forEach(row ->
                kept.put(row.path("id").asText(), row.path("value").path("rev").asText()));
        assertThat(kept).containsAllEntriesOf(acknowledged);
        assertThat(changes)
                .extracting(JsonNode::size)
                .as("each document has its change")
                .hasSize(documents.size());
    }

    /** Remembers what is logged as an error. */
    private static final class Errors extends Handler {
        private final Queue<String> messages = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord logged) {
            if (logged.getLevel().intValue() >= Level.WARNING.intValue()) {
                messages.add(logged.getMessage() + " " + logged.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** What asks and is cut off. */
    private interface Question {
        Client.Answer ask() throws IOException;
    }

    private static CompletableFuture<Void> failing(Question question) {
        var asked = new CompletableFuture<Void>();
        Thread.startVirtualThread(() -> {
            try {
                question.ask();
                asked.completeExceptionally(new AssertionError("it was answered"));
            } catch (IOException cut) {
                asked.complete(null);
            }
        });
        return asked;
    }
}
