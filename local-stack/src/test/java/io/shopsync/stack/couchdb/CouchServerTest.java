package io.shopsync.stack.couchdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopsync.stack.process.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CouchServerTest {

    @Test
    void keepsDatabasesAcrossARestart(@TempDir Path folder) throws Exception {
        try (var server = CouchServer.choose(folder, Ports.free(), "secret", System.getenv())) {
            // Given
            var database = "/kept-" + System.nanoTime();
            assertThat(status(server, "PUT", database)).isEqualTo(201);
            // When
            server.stop();
            server.start();
            // Then
            assertThat(status(server, "GET", database)).isEqualTo(200);
            assertThat(status(server, "GET", "/_global_changes")).isEqualTo(200);
            assertThat(status(server, "DELETE", database)).isEqualTo(200);
        }
    }

    @Test
    void refusesAGivenServerWithoutCredentials(@TempDir Path folder) {
        var environment = Map.of("COUCHDB_URL", "http://127.0.0.1:5984");
        assertThatThrownBy(() -> CouchServer.choose(folder, 0, "secret", environment))
                .hasMessageContaining("COUCHDB_URL needs the credentials");
    }

    @Test
    void refusesAHomeThatHoldsNoCouch(@TempDir Path folder) {
        var environment = Map.of("COUCHDB_HOME", folder.toString());
        assertThatThrownBy(() -> CouchServer.choose(folder, 0, "secret", environment))
                .hasMessageContaining("does not hold bin/couchdb");
    }

    private static int status(CouchServer server, String method, String path) throws Exception {
        var credentials = server.username() + ':' + server.password();
        var request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
