package io.shopsync.orchestrator.attempts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.IsolationEvent.FindingEnded;
import io.shopsync.contracts.isolation.IsolationEvent.FindingRaised;
import io.shopsync.contracts.isolation.Severity;
import io.shopsync.couchdb.CouchException;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.stack.testing.CouchResource;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/** What a real server logs of refused requests, as the findings that come of it. */
@OrchestratorTest
@TestProfile(AttemptsTest.Logs.class)
class AttemptsTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration QUIET = Duration.ofSeconds(6);
    private static final Duration A_WHILE = Duration.ofSeconds(10);

    /** Of a second CouchDB, whose log the test writes. */
    private static final Path WRITTEN = temporaryLog();

    private static Stage stage;

    public static final class Logs implements QuarkusTestProfile {

        static final int PORT = 25_514;

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "shopsync.attempts.couchdb-log",
                    CouchResource.log().map(Path::toString).orElse("/nonexistent/couchdb.log"),
                    "shopsync.attempts.edge-log",
                    WRITTEN.toString(),
                    "shopsync.attempts.edge-speaks-for-couchdb",
                    "true",
                    "shopsync.attempts.syslog.port",
                    Integer.toString(PORT),
                    "shopsync.attempts.quiet",
                    QUIET.toString(),
                    "shopsync.attempts.per-minute",
                    "30");
        }
    }

    @BeforeAll
    static void open() throws IOException {
        Files.createDirectories(WRITTEN.getParent());
        stage = new Stage();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    @DisabledIfEnvironmentVariable(
            named = "COUCHDB_URL",
            matches = ".+",
            disabledReason = "a given server's log is not here")
    void tellsWithinSecondsWhoTriedAnotherShopsDatabase() {
        // Given
        var nosy = stage.ready(Shops.created(Shops.fresh()));
        var other = stage.ready(Shops.created(Shops.fresh()));
        // When
        for (int i = 0; i < 3; i++) {
            refusedAt(nosy, other, "first");
        }
        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.found(other))
                        .singleElement()
                        .satisfies(finding -> {
                            assertThat(finding.finding()).isEqualTo(FindingKind.CROSS_SHOP_ATTEMPT);
                            assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
                            assertThat(finding.actor()).contains(nosy.syncLogin());
                            assertThat(finding.database()).contains("shop_" + other + "_sales");
                            assertThat(finding.action()).isEqualTo("refused");
                            assertThat(finding.details())
                                    .containsEntry("address", "127.0.0.1")
                                    .containsEntry("methods", "GET");
                            assertThat(finding.toString()).doesNotContain("first of");
                        }));
        assertThat(stage.found(nosy)).isEmpty();
    }

    @Test
    @DisabledIfEnvironmentVariable(
            named = "COUCHDB_URL",
            matches = ".+",
            disabledReason = "a given server's log is not here")
    void tellsThatALoginIsLockedOut() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        // When
        for (int i = 0; i < 7; i++) {
            refusedAt(shop, shop, "wrong");
        }
        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.found(shop))
                        .singleElement()
                        .satisfies(finding -> {
                            assertThat(finding.finding()).isEqualTo(FindingKind.LOGIN_LOCKED_OUT);
                            assertThat(finding.actor()).contains(shop.syncLogin());
                        }));
    }

    @Test
    void tellsOnceOfABurstAndThenWhatItCameTo() throws IOException {
        // Given
        var other = stage.ready(Shops.created(Shops.fresh()));
        // When
        write(edgeLines(other, 1));
        await().atMost(SOON).untilAsserted(() -> assertThat(stage.found(other)).hasSize(1));
        write(edgeLines(other, 4));
        // Then
        await().atMost(QUIET.plus(A_WHILE))
                .untilAsserted(() -> assertThat(stage.ended(other))
                        .singleElement()
                        .satisfies(ended -> assertThat(ended.details()).containsEntry("requests", "5")));
        assertThat(stage.found(other)).hasSize(1);
        // When the same goes on after a while
        write(edgeLines(other, 1));
        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(stage.found(other)).hasSize(2));
    }

    @Test
    void takesManyRequestsAMinuteMoreSeriously() throws IOException {
        // Given
        var other = stage.ready(Shops.created(Shops.fresh()));
        // When
        write(edgeLines(other, 40));
        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.found(other))
                        .extracting(FindingRaised::severity)
                        .containsExactly(Severity.HIGH));
    }

    @Test
    void missesNothingAndCountsNothingTwiceWhileTheLogIsRotatedUnderLoad() throws IOException {
        // Given
        var other = stage.ready(Shops.created(Shops.fresh()));
        long rotations = 6;
        int lines = 500;
        // When
        for (int rotation = 0; rotation < rotations; rotation++) {
            for (int i = 0; i < lines; i++) {
                write(edgeLines(other, 1));
            }
            Files.move(WRITTEN, WRITTEN.resolveSibling(WRITTEN.getFileName() + "." + UUID.randomUUID()));
        }
        // Then
        await().atMost(QUIET.plus(A_WHILE)).untilAsserted(() -> {
            assertThat(total(stage.found(other), stage.ended(other))).isEqualTo(rotations * lines);
        });
    }

    @Test
    void takesLinesOverTheNetwork() throws IOException {
        // Given
        var other = stage.ready(Shops.created(Shops.fresh()));
        var datagram =
                "<149>1 %s vm couchdb <0.623.0> b631376b22 - localhost:5984 203.0.113.9 shop_nosy_sync GET /shop_%s_sales/doc 403 ok 1\n"
                        .formatted(Instant.now(), other)
                        .getBytes(StandardCharsets.UTF_8);
        // When
        try (var socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(datagram, datagram.length, InetAddress.getLoopbackAddress(), Logs.PORT));
        }
        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.found(other))
                        .singleElement()
                        .satisfies(finding -> assertThat(finding.details()).containsEntry("address", "203.0.113.9")));
    }

    @Test
    void saysNothingOfAFewRequestsWithoutALogin() throws IOException {
        // Given
        var other = stage.ready(Shops.created(Shops.fresh()));
        // When
        write(anonymousLines(other, 4));
        write(edgeLines(other, 1));
        await().atMost(SOON).untilAsserted(() -> assertThat(stage.found(other)).hasSize(1));
        write(anonymousLines(other, 1));
        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.found(other))
                        .extracting(FindingRaised::finding)
                        .containsExactly(FindingKind.CROSS_SHOP_ATTEMPT, FindingKind.UNPROVEN_ATTEMPT));
    }

    /** What findings told when they were raised, and what those came to that went on. */
    private static long total(List<FindingRaised> raised, List<FindingEnded> ended) {
        var last = ended.stream()
                .collect(Collectors.toMap(it -> it.details().get("firstAt"), it -> requests(it.details())));
        return raised.stream()
                .mapToLong(it -> last.getOrDefault(it.details().get("firstAt"), requests(it.details())))
                .sum();
    }

    private static long requests(Map<String, String> details) {
        return Long.parseLong(details.get("requests"));
    }

    private static void refusedAt(ShopId login, ShopId target, String secret) {
        try (var till = stage.couch(login.syncLogin(), Shops.password(login, secret))) {
            till.database("shop_" + target + "_sales").info();
            throw new AssertionError(login + " was let in at " + target);
        } catch (CouchException e) {
            assertThat(e).isInstanceOfAny(CouchException.Forbidden.class, CouchException.Unauthorized.class);
        }
    }

    private static String edgeLines(ShopId target, int count) {
        return lines(target, "shop_nosy_sync", 403, count);
    }

    private static String anonymousLines(ShopId target, int count) {
        return lines(target, "", 401, count);
    }

    private static String lines(ShopId target, String login, int status, int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> """
                        {"time":"%s","address":"203.0.113.7","login":"%s","shop":"%s","target":"shop_%s_sales",\
                        "asked":"document","method":"GET","status":%d,"by":"couchdb","seconds":0.002,"bytes":341}
                        """.formatted(Instant.now(), login, target, target, status))
                .collect(Collectors.joining());
    }

    private static void write(String lines) throws IOException {
        Files.writeString(WRITTEN, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static Path temporaryLog() {
        // One for both class loaders that load this class.
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "attempts-" + ProcessHandle.current().pid(),
                "edge.log");
    }
}
