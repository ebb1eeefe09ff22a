package io.shopsync.system.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shopsync.contracts.ShopId;
import io.shopsync.stack.Home;
import io.shopsync.stack.Infrastructure;
import io.shopsync.stack.Service;
import io.shopsync.stack.Services;
import io.shopsync.stack.StackPorts;
import io.shopsync.stack.api.ShopSyncApi;
import io.shopsync.stack.process.Folders;
import io.shopsync.stack.token.TokenSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a till's open feed through the edge when the control plane takes its rights away. */
class OpenFeedsIT {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final List<Service> SERVICES = List.of(Service.PROVISIONING, Service.ORCHESTRATOR);
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(2);

    private static final Home HOME = new Home(Folders.temporary("open-feeds"));

    @TempDir
    private static Path state;

    private static Infrastructure infrastructure;
    private static Edge edge;
    private static ShopSyncApi api;

    @BeforeAll
    static void start() throws IOException {
        var ports = StackPorts.free();
        infrastructure = Infrastructure.start(HOME, ports, System.getenv());
        edge = Edge.before(infrastructure.couchdb().url(), state, Map.of());
        var services = new Services(
                HOME,
                REPOSITORY,
                ports,
                infrastructure.addresses(),
                System.getenv(),
                Map.of(
                        "SHOPSYNC_EDGE_CONTROL_URLS",
                        edge.controlUrl().toString(),
                        "SHOPSYNC_EDGE_CONTROL_TOKEN",
                        Edge.CONTROL_TOKEN));
        SERVICES.forEach(services::ensure);
        SERVICES.forEach(services::awaitReady);
        var token = new TokenSigner(HOME.secrets().jwtKeys()).sign("test", "admin", List.of(), Duration.ofHours(1));
        api = new ShopSyncApi(services::baseUrl, () -> token);
    }

    @AfterAll
    static void stop() {
        if (api != null) {
            api.close();
        }
        SERVICES.forEach(service -> Services.stop(HOME, service));
        if (edge != null) {
            edge.close();
        }
        if (infrastructure != null) {
            infrastructure.close();
        }
        Folders.delete(HOME.folder());
    }

    @Test
    void endsWithinSecondsWhenTheShopIsSuspendedAndOpensAgainWhenItReturns() {
        // Given
        var shop = readyShop();
        try (var till = till(shop)) {
            var feed = openFeed(till, shop);
            // When
            command(shop, "suspend", Map.of("reason", "unpaid"));
            // Then
            await().atMost(SOON).untilAsserted(() -> assertThat(feed.ended()).isTrue());
            assertThat(till.send("GET", sales(shop)).statusCode()).isEqualTo(403);
            awaitStatus(shop, "SUSPENDED");
            // When
            command(shop, "resume", Map.of());
            awaitStatus(shop, "READY");
            // Then
            assertThat(till.send("GET", sales(shop)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void endsWithinSecondsWhenTheCredentialsAreRotatedAndTheNewOnesWork() {
        // Given
        var shop = readyShop();
        try (var till = till(shop)) {
            var feed = openFeed(till, shop);
            // When
            command(shop, "credentials/rotate", Map.of());
            // Then
            await().atMost(SOON).untilAsserted(() -> assertThat(feed.ended()).isTrue());
            assertThat(till.send("GET", sales(shop)).statusCode()).isEqualTo(401);
        }
        awaitStatus(shop, "READY");
        try (var till = till(shop)) {
            openFeed(till, shop);
        }
    }

    @Test
    void leavesFeedsOfOtherShopsAlone() {
        // Given
        var shop = readyShop();
        var other = readyShop();
        try (var till = till(other)) {
            var feed = openFeed(till, other);
            // When
            command(shop, "suspend", Map.of("reason", "unpaid"));
            awaitStatus(shop, "SUSPENDED");
            // Then
            var before = feed.lines().size();
            write(till, other);
            await().untilAsserted(() -> assertThat(feed.lines()).hasSize(before + 1));
            assertThat(feed.ended()).isFalse();
        }
    }

    /** A continuous feed that has passed a change on. */
    private static Feed openFeed(Till till, ShopId shop) {
        var feed = till.open(sales(shop) + "/_changes?feed=continuous&heartbeat=500&since=now");
        await().untilAsserted(() -> {
            write(till, shop);
            assertThat(feed.lines()).isNotEmpty();
        });
        return feed;
    }

    private static void write(Till till, ShopId shop) {
        assertThat(till.send("POST", sales(shop), "{\"shopId\": \"%s\"}".formatted(shop))
                        .statusCode())
                .isEqualTo(201);
    }

    private static Till till(ShopId shop) {
        var connection = api.connection(shop).body();
        return Till.of(
                edge.url(),
                connection.get("login").asText(),
                connection.get("password").asText());
    }

    private static ShopId readyShop() {
        var shop = new ShopId(
                "feed-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 50), Character.MAX_RADIX));
        assertThat(api.signUp(shop, "Feed").status()).isEqualTo(202);
        awaitStatus(shop, "READY");
        return shop;
    }

    private static void command(ShopId shop, String command, Map<String, String> body) {
        assertThat(api.send("POST", Service.PROVISIONING, "/api/v1/shops/" + shop + '/' + command, body)
                        .status())
                .isEqualTo(202);
    }

    private static void awaitStatus(ShopId shop, String status) {
        await().atMost(READY)
                .untilAsserted(
                        () -> assertThat(api.shop(shop).body().path("status").asText())
                                .isEqualTo(status));
    }

    private static String sales(ShopId shop) {
        return "/shop_" + shop + "_sales";
    }
}
