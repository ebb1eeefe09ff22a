package io.shopsync.couchdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shopsync.couchdb.embedded.transcript.Replay;
import io.shopsync.couchdb.embedded.transcript.Scenario;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The judge of this server: every request that was recorded from a real CouchDB must be answered as CouchDB answered
 * it. {@code -Dcouchdb.url=http://host:port} replays against that server (admin {@code admin}/{@code admin}) instead.
 */
class CouchTranscriptTest {

    /** What a step with {@code repeatUntilMatch} is given. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicContainer> answersAsCouchDbDid() {
        return Scenario.all().stream().map(CouchTranscriptTest::replay);
    }

    private static DynamicContainer replay(Scenario scenario) {
        var replay = new Replay(HTTP, server.base());
        var steps = scenario.steps().stream()
                .map(step -> DynamicTest.dynamicTest(step.title(), () -> assertMatches(replay, step)));
        // Made when the first step is asked for and not before: the other scenarios use the same names.
        var fresh = Stream.of(0).flatMap(_ -> {
            replay.cleanUp(scenario);
            return Stream.<DynamicTest>empty();
        });
        return DynamicContainer.dynamicContainer(
                scenario.name(), Stream.concat(fresh, steps).onClose(() -> replay.cleanUp(scenario)));
    }

    private static void assertMatches(Replay replay, Scenario.Step step) {
        if (step.repeatUntilMatch()) {
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .untilAsserted(() -> assertThat(replay.perform(step)).isEmpty());
        } else {
            assertThat(replay.perform(step)).isEmpty();
        }
        if (step.path().contains("/_design/") && step.method().equals("PUT")) {
            await().pollDelay(server.designDocumentDelay()).until(() -> true);
        }
    }

    /** Where the requests go. */
    private interface TestServer extends AutoCloseable {

        URI base();

        /** How long after a design document's write the server may still validate by the former one. */
        Duration designDocumentDelay();

        @Override
        void close();

        static TestServer start() {
            var given = System.getProperty("couchdb.url");
            return given != null
                    ? new Given(URI.create(given))
                    : new Embedded(
                            EmbeddedCouch.builder().inMemory().lockOut(false).start(0));
        }

        record Embedded(EmbeddedCouch couch) implements TestServer {
            @Override
            public URI base() {
                return couch.url();
            }

            @Override
            public Duration designDocumentDelay() {
                return Duration.ZERO;
            }

            @Override
            public void close() {
                couch.close();
            }
        }

        record Given(URI base) implements TestServer {
            /** CouchDB's cache of design documents is refreshed in the background, and nothing tells when it was. */
            @Override
            public Duration designDocumentDelay() {
                return Duration.ofMillis(300);
            }

            @Override
            public void close() {
                // Not ours to stop.
            }
        }
    }
}
