package io.shopsync.orchestrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.ReasonCode;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.stack.process.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When which edge is told what; what an edge does then is tested with nginx, in the system tests. */
@OrchestratorTest
@TestProfile(OpenFeedsTest.WithAnEdge.class)
class OpenFeedsTest {

    private static final int OK = 204;

    private static Stage stage;

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private HttpServer edge;

    public static final class WithAnEdge implements QuarkusTestProfile {

        /** The same in both class loaders that load this class. */
        static int port() {
            return Integer.parseInt(System.getProperties()
                    .computeIfAbsent("test.edge.port", _ -> Integer.toString(Ports.free()))
                    .toString());
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "shopsync.edge.control-urls",
                    "http://127.0.0.1:" + port(),
                    "shopsync.edge.control-token",
                    "the-token");
        }
    }

    @BeforeAll
    static void open() {
        stage = new Stage();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @AfterEach
    void stopEdge() {
        if (edge != null) {
            edge.stop(0);
        }
    }

    @Test
    void waitsWithAReasonUntilTheEdgeRefusesASuspendedShop() throws IOException {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        // When
        var suspended = stage.publish(Shops.fact(new ShopEvent.SyncDisabled(shop, "unpaid")));
        // Then
        assertThat(stage.awaitTold(suspended, SyncEvent.ProvisioningDelayed.class)
                        .reason())
                .isEqualTo(ReasonCode.EDGE_UNREACHABLE);
        assertThat(stage.told(shop, SyncEvent.ShopSuspended.class)).isEmpty();
        // When
        startEdge();
        // Then
        stage.awaitTold(suspended, SyncEvent.ShopSuspended.class);
        assertThat(callsAbout(shop)).containsOnly("PUT /suspended/" + shop + " Bearer the-token");
    }

    @Test
    void cutsTheFeedsOfAShopWhoseCredentialsAreRotated() throws IOException {
        // Given
        startEdge();
        var shop = stage.ready(Shops.created(Shops.fresh()));
        assertThat(callsAbout(shop)).as("of a signup").isEmpty();
        // When
        var rotated = stage.publish(Shops.fact(new ShopEvent.CredentialsRotated(shop, Shops.logins(shop, "second"))));
        stage.awaitTold(rotated, SyncEvent.ShopProvisioned.class);
        // Then
        assertThat(callsAbout(shop))
                .containsExactly(
                        "DELETE /suspended/" + shop + " Bearer the-token", "PUT /cut/" + shop + " Bearer the-token");
    }

    @Test
    void cutsTheFeedsWhenSomebodyHadOpenedADatabaseToOthers() throws IOException {
        // Given
        startEdge();
        var shop = stage.ready(Shops.created(Shops.fresh()));
        // When
        stage.couch().database("shop_" + shop + "_sales").putSecurity(SecurityDocument.EMPTY);
        stage.askToReconcile(shop);
        // Then
        await().untilAsserted(
                        () -> assertThat(callsAbout(shop)).containsExactly("PUT /cut/" + shop + " Bearer the-token"));
        await().untilAsserted(() ->
                assertThat(stage.told(shop, SyncEvent.DriftRepaired.class)).hasSize(1));
    }

    private List<String> callsAbout(ShopId shop) {
        return calls.stream().filter(call -> call.contains(shop.value())).toList();
    }

    private void startEdge() throws IOException {
        edge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), WithAnEdge.port()), 0);
        edge.createContext("/", this::answer);
        edge.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            calls.add(exchange.getRequestMethod()
                    + ' '
                    + exchange.getRequestURI()
                    + ' '
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(OK, -1);
        }
    }
}
