package io.shopsync.couchdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A document that is being changed, deleted or made anew is never out of sight. */
class ReadsWhileWritingTest {
    private static final int DOCUMENTS = 10;
    private static final int ROUNDS = 60;
    private static final String DATABASE = "/shop_busy_sales";

    @Test
    void everyReadFindsEveryDocumentInMemory() throws Exception {
        everyReadFindsEveryDocument(EmbeddedCouch.builder().inMemory());
    }

    @Test
    void everyReadFindsEveryDocumentOnDisk(@TempDir Path directory) throws Exception {
        everyReadFindsEveryDocument(EmbeddedCouch.builder().directory(directory));
    }

    private static void everyReadFindsEveryDocument(EmbeddedCouch.Builder builder) throws Exception {
        try (var couch = builder.start(0)) {
            // Given
            var client = Client.of(couch.url());
            client.put(DATABASE, "");
            for (int i = 0; i < DOCUMENTS; i++) {
                client.put(DATABASE + "/d" + i, "{}");
            }
            // When
            var writer = CompletableFuture.runAsync(() -> changeDeleteAndMakeAnew(Client.of(couch.url())));
            // Then
            do {
                var changes = client.get(DATABASE + "/_changes?style=all_docs").json();
                assertThat(changes.get("results"))
                        .extracting(JsonNode::toString)
                        .as("%s", changes)
                        .hasSize(DOCUMENTS);
                assertThat(client.get(DATABASE + "/d0").json().path("reason").asText(""))
                        .isNotEqualTo("missing");
            } while (!writer.isDone());
            writer.get();
        }
    }

    private static void changeDeleteAndMakeAnew(Client client) {
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < DOCUMENTS; i++) {
                var document = DATABASE + "/d" + i;
                var rev = client.get(document).json().path("_rev").asText("");
                if (rev.isEmpty()) {
                    client.put(document, "{}");
                } else if (round % 3 == 0) {
                    client.delete(document + "?rev=" + rev);
                } else {
                    client.put(document + "?rev=" + rev, "{\"round\":" + round + "}");
                }
            }
        }
    }
}
