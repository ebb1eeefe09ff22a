package io.shopsync.couchdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConcurrentWritesTest {
    private static final int WRITERS = 32;
    private static final int EDITS = 5;

    private static EmbeddedCouch couch;
    private static Client client;

    @BeforeAll
    static void start() {
        couch = EmbeddedCouch.builder().inMemory().start(0);
        client = Client.of(couch.url());
    }

    @AfterAll
    static void stop() {
        couch.close();
    }

    @Test
    void leavesExactlyOneChainWhenWritersRetryTheirConflicts() throws Exception {
        // Given
        client.put("/shop_chain_sales", "");
        client.put("/shop_chain_sales/counter", "{\"n\":0}");
        // When
        run(writer -> increment("/shop_chain_sales/counter"));
        // Then
        var counter =
                client.get("/shop_chain_sales/counter?conflicts=true&revs=true").json();
        assertThat(counter.path("n").asInt()).isEqualTo(WRITERS * EDITS);
        assertThat(counter.has("_conflicts")).isFalse();
        assertThat(counter.path("_revisions").path("start").asInt()).isEqualTo(WRITERS * EDITS + 1);
        assertThat(client.get("/shop_chain_sales/_changes").json().path("results"))
                .hasSize(1);
    }

    @Test
    void leavesAnHonestConflictForEachReplicatedEdit() throws Exception {
        // Given
        client.put("/shop_fork_sales", "");
        String base = client.put("/shop_fork_sales/doc", "{}").rev();
        // When
        run(writer -> {
            String id = "%032x".formatted(writer + 1);
            client.post("/shop_fork_sales/_bulk_docs", """
                    {"new_edits":false,"docs":[{"_id":"doc","_rev":"2-%s","writer":%d,
                     "_revisions":{"start":2,"ids":["%s","%s"]}}]}""".formatted(id, writer, id, base.substring(2)));
            return null;
        });
        // Then
        var winner = client.get("/shop_fork_sales/doc?conflicts=true").json();
        assertThat(winner.path("_rev").asText()).isEqualTo("2-%032x".formatted(WRITERS));
        assertThat(winner.path("_conflicts")).hasSize(WRITERS - 1);
        var leaves = client.get("/shop_fork_sales/doc?open_revs=all").json();
        assertThat(leaves)
                .extracting(leaf -> leaf.path("ok").path("writer").asInt())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, WRITERS).boxed().toList());
    }

    @Test
    void letsOneWinWhenAllBuildOnTheSameRevision() throws Exception {
        // Given
        client.put("/shop_race_sales", "");
        String base = client.put("/shop_race_sales/doc", "{}").rev();
        // When
        List<Integer> answers = run(
                writer -> client.put("/shop_race_sales/doc", "{\"_rev\":\"%s\",\"writer\":%d}".formatted(base, writer))
                        .status());
        // Then
        assertThat(answers).containsOnlyOnce(201).containsOnly(201, 409);
        assertThat(client.get("/shop_race_sales/doc?open_revs=all").json()).hasSize(1);
    }

    private static Void increment(String path) {
        for (int edits = 0; edits < EDITS; ) {
            var before = client.get(path).json();
            var answer = client.put(
                    path,
                    "{\"_rev\":\"%s\",\"n\":%d}"
                            .formatted(
                                    before.path("_rev").asText(),
                                    before.path("n").asInt() + 1));
            edits += answer.status() == 201 ? 1 : 0;
        }
        return null;
    }

    /** What one of the writers does. */
    private interface Writer<T> {
        T write(int number) throws Exception;
    }

    private static <T> List<T> run(Writer<T> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> writers = IntStream.range(0, WRITERS)
                    .mapToObj(number -> (Callable<T>) () -> work.write(number))
                    .toList();
            return threads.invokeAll(writers).stream().map(Future::resultNow).toList();
        }
    }
}
