package io.shopsync.couchdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a server of its own process while it is written to, and looks at what the next one finds. */
class CrashTest {
    private static final int WRITERS = 8;
    private static final int ACKNOWLEDGED = 400;

    @TempDir
    private Path data;

    @Test
    void losesNoAcknowledgedWrite() throws Exception {
        // Given
        Map<String, String> acknowledged = new ConcurrentHashMap<>();
        Process server = start();
        Client client = Client.of(address(server));
        client.put("/shop_crash_sales", "");
        // When
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < WRITERS; writer++) {
                String prefix = "w" + writer + "-";
                writers.execute(() -> writeUntilItDies(client, prefix, acknowledged));
            }
            await().atMost(60, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(acknowledged).hasSizeGreaterThan(ACKNOWLEDGED));
            server.destroyForcibly().waitFor();
        }
        // Then
        try (EmbeddedCouch next = EmbeddedCouch.builder().directory(data).start(0)) {
            Client survivor = Client.of(next.url());
            acknowledged.forEach((id, rev) -> assertThat(survivor.get("/shop_crash_sales/" + id)
                            .json()
                            .path("_rev")
                            .asText())
                    .as(id)
                    .isEqualTo(rev));
            assertEveryDocumentHasItsChange(survivor);
        }
    }

    private static void assertEveryDocumentHasItsChange(Client client) {
        JsonNode documents = client.get("/shop_crash_sales/_all_docs").json();
        JsonNode changes = client.get("/shop_crash_sales/_changes").json().path("results");
        Map<String, String> changed = new HashMap<>();
        changes.forEach(change -> changed.put(
                change.path("id").asText(),
                change.path("changes").path(0).path("rev").asText()));
        Map<String, String> listed = new HashMap<>();
        documents
                .path("rows")
                .forEach(row -> listed.put(
                        row.path("id").asText(), row.path("value").path("rev").asText()));
        assertThat(changes).hasSize(documents.path("total_rows").asInt());
        assertThat(changed).isEqualTo(listed);
    }

    private static void writeUntilItDies(Client client, String prefix, Map<String, String> acknowledged) {
        try {
            for (int number = 0; ; number++) {
                String id = prefix + number;
                var answer = client.trySend("PUT", "/shop_crash_sales/" + id, "{\"n\":" + number + "}");
                if (answer.status() == 201) {
                    acknowledged.put(id, answer.rev());
                }
            }
        } catch (IOException e) {
            // It died, as it was to.
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--port",
                        "0",
                        "--quiet",
                        "--data",
                        data.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static URI address(Process server) throws IOException {
        BufferedReader lines = server.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains("answers at ")) {
                return URI.create(line.substring(line.indexOf("http")));
            }
        }
        throw new IOException("the server did not start");
    }
}
