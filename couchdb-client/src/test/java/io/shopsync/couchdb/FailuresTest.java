package io.shopsync.couchdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.shopsync.couchdb.changes.ChangesQuery;
import io.shopsync.couchdb.document.FetchOptions;
import io.shopsync.couchdb.document.RevisionRef;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the client makes of servers that fail; a real one does so only by chance. */
@Timeout(30)
class FailuresTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void isUnreachableWhereNobodyListens() throws IOException {
        // Given
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        // Then
        try (var server = CouchServer.connect("http://me:s3cret@127.0.0.1:" + port)) {
            assertThat(server.up()).isFalse();
            assertThatExceptionOfType(CouchException.Unreachable.class)
                    .isThrownBy(server::info)
                    .satisfies(e -> assertThat(e.transientFailure()).isTrue())
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
        }
    }

    @Test
    void doesNotWaitForEverForAnAnswer() throws IOException {
        try (var silent = new RawServer((_, _) -> {});
                var server = brisk(silent)) {
            assertThatExceptionOfType(CouchException.TimedOut.class)
                    .isThrownBy(server::info)
                    .satisfies(e -> assertThat(e.transientFailure()).isTrue());
        }
    }

    @Test
    void doesNotWaitForEverForTheRestOfAnAnswer() throws IOException {
        try (var stopping = answering(chunked("{\"results\":[\n"));
                var server = brisk(stopping)) {
            var database = server.database("db");
            assertThatExceptionOfType(CouchException.TimedOut.class)
                    .isThrownBy(() -> database.changes().page(ChangesQuery.since("0")));
            assertThatExceptionOfType(CouchException.TimedOut.class).isThrownBy(() -> fetchOne(database));
            assertThatExceptionOfType(CouchException.TimedOut.class).isThrownBy(server::info);
        }
    }

    @Test
    void takesAFeedForDeadAfterThreeHeartbeats() throws IOException {
        try (var once = answering(chunked("{\"seq\":\"1-a\",\"id\":\"x\",\"changes\":[{\"rev\":\"1-b\"}]}\n\n"));
                var server = brisk(once)) {
            try (var feed = server.database("db").changes().feed(ChangesQuery.since("0"))) {
                assertThat(feed.next()).isPresent();
                assertThatExceptionOfType(CouchException.TimedOut.class).isThrownBy(feed::next);
            }
        }
    }

    @Test
    void doesNotTakeACutAnswerForAWholeOne() throws IOException {
        try (var cutting = new RawServer((_, out) -> {
                    out.write(chunked("{\"results\":[\n{\"seq\":\"1\",\"id\":\"x\",\"changes\":[]}"));
                    out.close();
                });
                var server = brisk(cutting)) {
            var database = server.database("db");
            assertThatExceptionOfType(CouchException.Unreachable.class)
                    .isThrownBy(() -> database.changes().page(ChangesQuery.since("0")));
            assertThatExceptionOfType(CouchException.Unreachable.class).isThrownBy(server::info);
        }
    }

    @Test
    void noticesAFailureThatComesAfterTheStatus() throws IOException {
        var broken = "{\"results\":[\n{\"error\":\"timeout\",\"reason\":\"The request could not be processed.\"}";
        try (var failing = answering(RawServer.response(200, broken));
                var server = brisk(failing)) {
            assertThatExceptionOfType(CouchException.class)
                    .isThrownBy(() -> server.database("db").changes().page(ChangesQuery.since("0")))
                    .satisfies(e -> assertThat(e.transientFailure()).isTrue());
        }
    }

    @Test
    void survivesAnAnswerThatIsNoJson() throws IOException {
        try (var proxy = answering(RawServer.response(502, "<html>Bad gateway</html>"));
                var server = brisk(proxy)) {
            assertThatExceptionOfType(CouchException.ServerError.class)
                    .isThrownBy(server::info)
                    .satisfies(e -> assertThat(e.transientFailure()).isTrue());
        }
        try (var proxy = answering(RawServer.response(200, "<html>Hello</html>"));
                var server = brisk(proxy)) {
            assertThatExceptionOfType(CouchException.BrokenAnswer.class)
                    .isThrownBy(server::info)
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("Hello"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, BadRequest, false", "401, Unauthorized, false", "403, Forbidden, false", "404, NotFound, false",
        "405, BadRequest, false", "409, Conflict, false", "412, AlreadyExists, false", "413, TooLarge, false",
        "415, BadRequest, false", "429, Overloaded, true", "500, ServerError, true", "503, Overloaded, true",
        "504, ServerError, true", "302, BadRequest, false"
    })
    void namesEachKindOfFailure(int status, String kind, boolean passing) throws IOException {
        var body = "{\"error\":\"file_exists\",\"reason\":\"because\"}";
        try (var failing = answering(RawServer.response(status, body));
                var server = brisk(failing)) {
            assertThatExceptionOfType(CouchException.class)
                    .isThrownBy(server::info)
                    .satisfies(e -> {
                        assertThat(e.getClass().getSimpleName()).isEqualTo(kind);
                        assertThat(e.transientFailure()).isEqualTo(passing);
                        assertThat(e.status()).isEqualTo(status);
                        assertThat(e.error()).isEqualTo("file_exists");
                        assertThat(e.reason()).isEqualTo("because");
                    });
        }
    }

    @Test
    void endsAWaitWhenItsThreadIsInterrupted() throws Exception {
        try (var silent = new RawServer((_, _) -> {});
                var server = CouchServer.connect(silent.url())) {
            var outcome = new CompletableFuture<Throwable>();
            var thread = Thread.ofVirtual().start(() -> {
                try {
                    server.info();
                } catch (CouchException e) {
                    outcome.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("flag lost"));
                }
            });
            // When
            thread.interrupt();
            // Then
            assertThat(outcome.get()).isInstanceOf(CouchException.Interrupted.class);
        }
    }

    @Test
    void usesOneConnectionForOneRequestAfterTheOther() throws IOException {
        var page = "{\"results\":[],\"last_seq\":\"1-a\",\"pending\":0}";
        try (var steady = answering(RawServer.response(200, page));
                var server = brisk(steady)) {
            for (var n = 0; n < 5; n++) {
                server.database("db").changes().page(ChangesQuery.since("0"));
                server.statistics("any");
            }
            assertThat(steady.connections()).isEqualTo(1);
        }
    }

    private static void fetchOne(Database database) {
        try (var fetched = database.bulk().fetch(List.of(new RevisionRef("a", "1-a")), FetchOptions.WHOLE)) {
            fetched.next();
        }
    }

    private static RawServer answering(byte[] answer) throws IOException {
        return new RawServer((_, out) -> {
            out.write(answer);
            out.flush();
        });
    }

    private static byte[] chunked(String part) {
        return ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(part.length()) + "\r\n"
                        + part + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static CouchServer brisk(RawServer server) {
        return CouchServer.connect(CouchOptions.of(server.url())
                .withRequestTimeout(SHORT)
                .withIdleTimeout(SHORT)
                .withHeartbeat(Duration.ofMillis(100)));
    }
}
