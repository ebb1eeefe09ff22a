package io.shopsync.couchdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shopsync.couchdb.embedded.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that runs for long and writes the same documents again and again needs no more space than they do. */
class HousekeepingTest {
    private static final int DOCUMENTS = 100;
    private static final int ROUNDS = 120;
    private static final int SIZE = 1000;
    private static final long WRITTEN = 2L * DOCUMENTS * ROUNDS * SIZE;
    private static final String DATABASE = "/shop_busy_products";

    @TempDir
    private Path data;

    @Test
    void keepsTheFileSmallWhileDocumentsChange() throws Exception {
        try (var couch = EmbeddedCouch.builder().directory(data).start(0)) {
            // Given
            var client = Client.of(couch.url());
            client.put(DATABASE, "");
            client.put(DATABASE + "/_revs_limit", "5");
            // When
            Map<String, String> revisions = new HashMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                change(client, round, revisions);
            }
            // Then
            await().atMost(20, TimeUnit.SECONDS)
                    .untilAsserted(() ->
                            assertThat(Files.size(data.resolve("couchdb.mv"))).isLessThan(WRITTEN / 2));
            assertThat(client.get(DATABASE + "/_all_docs").json().path("rows"))
                    .extracting(row -> row.path("value").path("rev").asText())
                    .containsExactlyInAnyOrderElementsOf(revisions.values());
        }
    }

    private static void change(Client client, int round, Map<String, String> revisions) {
        var body = Json.object();
        var documents = body.putArray("docs");
        for (int number = 0; number < DOCUMENTS; number++) {
            var id = "p" + number;
            var document = documents.addObject().put("_id", id).put("text", text(round));
            document.putObject("_attachments").putObject("photo").put("data", text(round));
            if (round > 0) {
                document.put("_rev", revisions.get(id));
            }
        }
        for (var row : client.post(DATABASE + "/_bulk_docs", body.toString()).json()) {
            revisions.put(row.path("id").asText(), row.path("rev").asText());
        }
    }

    private static String text(int round) {
        return Integer.toString(round % 10).repeat(SIZE);
    }
}
