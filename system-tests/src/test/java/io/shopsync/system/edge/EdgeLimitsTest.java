package io.shopsync.system.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopsync.contracts.ShopId;
import io.shopsync.stack.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeLimitsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path state;

    private Tenants tenants;
    private ShopId acme;
    private String database;

    @BeforeEach
    void openShop() {
        tenants = new Tenants();
        acme = tenants.open();
        database = '/' + Tenants.databaseOf(acme);
    }

    @AfterEach
    void close() {
        tenants.close();
    }

    @Test
    void refusesBodiesThatNoTillSends() throws IOException {
        try (var edge = edge(Map.of("EDGE_MAX_BODY", "1m"));
                var till = tillOf(edge)) {
            // When
            var answer = till.send("PUT", database + "/large", "{\"text\": \"%s\"}".formatted("x".repeat(1 << 20)));
            var login = till.send("POST", "/_session", "x".repeat(17 * 1024));
            // Then
            assertThat(List.of(answer, login)).allSatisfy(refused -> {
                assertThat(refused.statusCode()).isEqualTo(413);
                assertThat(refused.body()).startsWith("{\"error\":\"too_large\"");
            });
        }
    }

    @Test
    void slowsALoginDownWithoutTouchingAnother() throws IOException {
        try (var edge = edge(Map.of("EDGE_LOGIN_RATE", "1", "EDGE_LOGIN_BURST", "5"));
                var till = tillOf(edge);
                var other = Till.of(edge.url(), tenants.open().syncLogin(), Tenants.PASSWORD)) {
            // When
            var answers = IntStream.range(0, 20)
                    .mapToObj(i -> till.send("GET", database))
                    .toList();
            // Then
            var refused = answers.stream()
                    .filter(answer -> answer.statusCode() == 429)
                    .toList();
            assertThat(refused).hasSizeBetween(10, 15).allSatisfy(answer -> {
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                assertThat(answer.body()).startsWith("{\"error\":\"too_many_requests\"");
            });
            assertThat(other.send("GET", "/_session").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void slowsDownWhoeverTriesPasswords() throws IOException {
        try (var edge = edge(Map.of("EDGE_SESSION_RATE", "1", "EDGE_SESSION_BURST", "3"));
                var guesser = Till.of(edge.url(), acme.syncLogin(), "wrong")) {
            // When
            var statuses = IntStream.range(0, 8)
                    .mapToObj(i ->
                            guesser.send("POST", "/_session", "{\"name\": \"a\", \"password\": \"%d\"}".formatted(i)))
                    .map(HttpResponse::statusCode)
                    .toList();
            // Then
            assertThat(statuses).endsWith(429, 429, 429);
        }
    }

    @Test
    void showsCouchDbTheTillsOwnAddressWhateverTheTillSays() throws IOException {
        try (var edge = edge(Map.of());
                var guesser = Till.at("127.0.0.2", edge.url(), acme.syncLogin(), "wrong");
                var till = Till.at("127.0.0.3", edge.url(), acme.syncLogin(), Tenants.PASSWORD)) {
            // When
            for (int i = 0; i < 8; i++) {
                guesser.send("GET", database);
                guesser.send("GET", database, "", claiming("127.0.0.3"));
            }
            // Then: CouchDB locked out the guesser's address, neither the edge's nor the one it was told.
            assertThat(till.send("GET", database).statusCode()).isEqualTo(200);
            assertThat(till.send("GET", database, "", claiming("127.0.0.3")).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void saysThatCouchDbDoesNotAnswer() throws IOException {
        try (var edge = Edge.before(URI.create("http://127.0.0.1:" + Ports.free()), state, Map.of());
                var till = tillOf(edge)) {
            // When
            var answer = till.send("GET", database);
            // Then
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).startsWith("{\"error\":\"service_unavailable\"");
        }
    }

    @Test
    void recordsWhoTriedWhat() throws IOException {
        try (var edge = edge(Map.of());
                var till = tillOf(edge)) {
            // Given
            var globex = tenants.open();
            // When
            till.send("GET", '/' + Tenants.databaseOf(globex) + "/private-document?rev=1-secret");
            till.send("POST", "/_replicate", "{}");
            // Then
            await().untilAsserted(() -> assertThat(Files.readAllLines(edge.accessLog()))
                    .map(JSON::readTree)
                    .hasSize(2)
                    .satisfiesExactly(
                            tried -> {
                                assertThat(tried.path("login").asText()).isEqualTo(acme.syncLogin());
                                assertThat(tried.path("shop").asText()).isEqualTo(globex.value());
                                assertThat(tried.path("target").asText()).isEqualTo(Tenants.databaseOf(globex));
                                assertThat(tried.path("asked").asText()).isEqualTo("document");
                                assertThat(tried.path("status").asInt()).isEqualTo(403);
                                assertThat(tried.path("by").asText()).isEqualTo("couchdb");
                                assertThat(tried.path("address").asText()).isEqualTo("127.0.0.1");
                            },
                            tried -> {
                                assertThat(tried.path("target").asText()).isEqualTo("/_replicate");
                                assertThat(tried.path("asked").asText()).isEqualTo("reserved");
                                assertThat(tried.path("method").asText()).isEqualTo("POST");
                                assertThat(tried.path("status").asInt()).isEqualTo(403);
                                assertThat(tried.path("by").asText()).isEqualTo("edge");
                            }));
            assertThat(Files.readString(edge.accessLog())).doesNotContain("private-document", "secret");
        }
    }

    private static UnaryOperator<HttpRequest.Builder> claiming(String address) {
        return request -> request.header("X-Forwarded-For", address);
    }

    private Edge edge(Map<String, String> settings) throws IOException {
        return Edge.before(tenants.couch(), state, settings);
    }

    private Till tillOf(Edge edge) {
        return Till.of(edge.url(), acme.syncLogin(), Tenants.PASSWORD);
    }
}
