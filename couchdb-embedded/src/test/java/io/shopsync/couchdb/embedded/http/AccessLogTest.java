package io.shopsync.couchdb.embedded.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shopsync.couchdb.embedded.EmbeddedCouch;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class AccessLogTest {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** The form is that of a line of CouchDB 3.5 with the request that is sent here. */
    @Test
    void writesALineARequestAsCouchDbDoes() throws Exception {
        try (var couch = EmbeddedCouch.builder()
                .inMemory()
                .lockOut(false)
                .log(lines::add)
                .start(0)) {
            // When
            int missing = ask(couch, "GET", "/none/a%2Fb?rev=1-x", "admin:admin");
            awaitLines(1);
            int refused = ask(couch, "PUT", "/shop_log_sales", "admin:wrong");
            awaitLines(3);
            int nobody = ask(couch, "HEAD", "/_up", null);
            awaitLines(4);
            // Then
            assertThat(List.of(missing, refused, nobody)).containsExactly(404, 401, 200);
            assertThat(lines.get(0)).matches(line(couch.port(), "admin GET /none/a%2Fb\\?rev=1-x 404 ok"));
            assertThat(lines.get(1)).matches(warning("failed for user admin"));
            assertThat(lines.get(2)).matches(line(couch.port(), "undefined PUT /shop_log_sales 401 ok"));
            assertThat(idOf(lines.get(1))).isEqualTo(idOf(lines.get(2)));
            assertThat(lines.get(3)).matches(line(couch.port(), "undefined HEAD /_up 200 ok"));
        }
    }

    @Test
    void tellsWhoIsLockedOut() throws Exception {
        try (var couch =
                EmbeddedCouch.builder().inMemory().lockOut(true).log(lines::add).start(0)) {
            // When
            for (int i = 0; i < 5; i++) {
                assertThat(ask(couch, "GET", "/_session", "admin:wrong")).isEqualTo(401);
            }
            awaitLines(10);
            int locked = ask(couch, "GET", "/_session", "admin:admin");
            // Then
            assertThat(locked).isEqualTo(403);
            awaitLines(12);
            assertThat(lines.get(10)).matches(warning("rejected for locked-out user admin"));
            assertThat(lines.get(11)).matches(line(couch.port(), "undefined GET /_session 403 ok"));
        }
    }

    /** A line is written after its answer is sent, so that of the next request could come first. */
    private void awaitLines(int count) {
        await().untilAsserted(() -> assertThat(lines).hasSize(count));
    }

    private static String warning(String what) {
        return "\\[warning\\] [-\\dT:.]+Z couchdb@127\\.0\\.0\\.1 <0\\.\\d+\\.0> [0-9a-f]{10} couch_httpd_auth:"
                + " Authentication "
                + what + " from 127\\.0\\.0\\.1";
    }

    private static String idOf(String line) {
        return line.split(" ", 6)[4];
    }

    private static String line(int port, String request) {
        return "\\[notice] \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z couchdb@127\\.0\\.0\\.1 <0\\.\\d+\\.0>"
                + " [0-9a-f]{10} 127\\.0\\.0\\.1:" + port + " 127\\.0\\.0\\.1 " + request + " \\d+";
    }

    private static int ask(EmbeddedCouch couch, String method, String path, String credentials) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(couch.url() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (credentials != null) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
        }
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
}
