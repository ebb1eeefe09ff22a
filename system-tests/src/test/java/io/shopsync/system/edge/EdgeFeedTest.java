package io.shopsync.system.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shopsync.contracts.ShopId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CouchDB never asks again whether the reader of an open feed may still read: the edge ends feeds. */
class EdgeFeedTest {

    private static final Duration A_FEW_HEARTBEATS = Duration.ofSeconds(5);
    private static final String CONTINUOUS = "/_changes?feed=continuous&heartbeat=500&since=0&include_docs=true";
    private static final String LONG_POLL = "/_changes?feed=longpoll&heartbeat=500&since=now";

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
    void passesChangesOnAsTheyHappen() throws IOException {
        try (var edge = edge("300");
                var till = tillOf(edge)) {
            // Given
            var feed = till.open(database + CONTINUOUS);
            // When
            write("café-✓");
            // Then
            await().untilAsserted(() ->
                    assertThat(feed.lines()).hasSize(1).first().asString().contains("café-✓"));
            assertThat(feed.ended()).isFalse();
        }
    }

    @Test
    void deliversNothingToASuspendedShopAndEndsItsFeeds() throws IOException {
        try (var edge = edge("300");
                var till = tillOf(edge)) {
            // Given
            var feeds = List.of(till.open(database + CONTINUOUS), till.open(database + LONG_POLL));
            write("before");
            var idle = till.open(database + LONG_POLL);
            await().untilAsserted(() -> assertThat(feeds)
                    .allSatisfy(feed -> assertThat(feed.lines()).isNotEmpty()));
            // When
            edge.suspend(acme.value());
            write("after");
            // Then
            await().atMost(A_FEW_HEARTBEATS).untilAsserted(() -> {
                assertThat(feeds.getFirst().ended()).isTrue();
                assertThat(idle.ended()).isTrue();
            });
            assertThat(feeds.getFirst().lines()).noneMatch(line -> line.contains("after"));
            assertThat(idle.lines()).noneMatch(line -> line.contains("after"));
        }
    }

    @Test
    void refusesASuspendedShopAloneUntilItIsTakenBack() throws IOException {
        try (var edge = edge("300");
                var till = tillOf(edge);
                var other = Till.of(edge.url(), tenants.open().syncLogin(), Tenants.PASSWORD)) {
            // When
            edge.suspend(acme.value());
            // Then
            var refused = till.send("GET", database);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("suspended");
            assertThat(other.send("GET", "/_session").statusCode()).isEqualTo(200);
            // When
            edge.resume(acme.value());
            // Then
            assertThat(till.send("GET", database).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void endsTheFeedsThatWereOpenWhenCredentialsWereRotated() throws IOException {
        try (var edge = edge("300");
                var till = tillOf(edge)) {
            // Given
            var old = till.open(database + CONTINUOUS);
            write("first");
            await().untilAsserted(() -> assertThat(old.lines()).hasSize(1));
            // When
            edge.cutFeeds(acme.value());
            // Then
            await().atMost(A_FEW_HEARTBEATS)
                    .untilAsserted(() -> assertThat(old.ended()).isTrue());
            var fresh = till.open(database + CONTINUOUS);
            await().untilAsserted(() -> assertThat(fresh.lines()).hasSize(1));
            write("second");
            await().untilAsserted(() -> assertThat(fresh.lines()).hasSize(2));
        }
    }

    @Test
    void givesEveryFeedABoundedLife() throws IOException {
        try (var edge = edge("1");
                var till = tillOf(edge)) {
            // When
            var feed = till.open(database + CONTINUOUS);
            // Then
            await().atMost(A_FEW_HEARTBEATS)
                    .untilAsserted(() -> assertThat(feed.ended()).isTrue());
        }
    }

    @Test
    void opensItsControlDoorToItsTokenAlone() throws IOException {
        try (var edge = edge("300");
                var till = tillOf(edge)) {
            assertThat(edge.control("PUT", "/suspended/" + acme, "wrong")).isEqualTo(401);
            assertThat(edge.control("GET", "/nginx.conf", "wrong")).isEqualTo(404);
            assertThat(till.send("PUT", "/suspended/" + acme, "x").statusCode()).isEqualTo(404);
            assertThat(till.send("GET", database).statusCode()).isEqualTo(200);
        }
    }

    private Edge edge(String feedSeconds) throws IOException {
        return Edge.before(tenants.couch(), state, Map.of("EDGE_FEED_SECONDS", feedSeconds));
    }

    private Till tillOf(Edge edge) {
        return Till.of(edge.url(), acme.syncLogin(), Tenants.PASSWORD);
    }

    private void write(String text) {
        var answer =
                tenants.admin().send("POST", database, "{\"shopId\": \"%s\", \"text\": \"%s\"}".formatted(acme, text));
        assertThat(answer.statusCode()).isEqualTo(201);
    }
}
