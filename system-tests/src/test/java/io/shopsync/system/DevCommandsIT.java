package io.shopsync.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.shopsync.contracts.ShopId;
import io.shopsync.stack.Service;
import io.shopsync.stack.StackPorts;
import io.shopsync.stack.api.ShopSyncApi;
import io.shopsync.stack.cli.Main;
import io.shopsync.stack.process.Folders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The commands that {@code ./dev} runs, as it runs them, on a home and ports of their own. */
class DevCommandsIT {

    private static final int SHOPS_OF_THE_DEMO = 3;
    private static final int MINUTES = 4;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path home = Folders.temporary("dev");
    private final Map<String, String> variables =
            new TreeMap<>(StackPorts.free().environment());

    private record Said(int exitCode, String text) {}

    @AfterEach
    void end() throws Exception {
        dev("down");
        Folders.delete(home);
    }

    @Test
    void theDemoEndsWithThreeReadyShopsThatOutliveDownAndUp() throws Exception {
        // When
        var demo = dev("demo");
        // Then
        assertThat(demo.exitCode()).as(demo.text()).isZero();
        assertThat(demo.text().lines().filter(line -> line.contains(" READY "))).hasSize(SHOPS_OF_THE_DEMO);
        assertThat(demo.text()).contains("was refused: 403").contains("Signed up as \"Corner Bakery\"");
        // Of a server that somebody else runs there is no log to read.
        assertThat(demo.text())
                .contains(System.getenv("COUCHDB_URL") == null ? "ISO-030" : "refused attempt is missing");

        // When
        assertThat(dev("down").exitCode()).isZero();
        assertThat(dev("status").exitCode()).isEqualTo(1);
        assertThat(dev("up").text()).contains("Everything is up");
        // Then
        var status = status();
        assertThat(status.get("up").asBoolean()).isTrue();
        assertThat(status.at("/pids/audit").asLong()).isPositive();
        try (var api = api(status)) {
            var shops =
                    api.get(Service.PROVISIONING, "/api/v1/shops?status=READY").body();
            assertThat(shops.get("items")).hasSize(SHOPS_OF_THE_DEMO);
            assertThat(api.events(new ShopId("corner-bakery"))).isNotEmpty();
        }

        // When everything is up already
        var again = dev("up");
        // Then
        assertThat(again.exitCode()).isZero();
        assertThat(again.text()).contains("already up").doesNotContain("ready after");
        assertThat(status().get("pids")).isEqualTo(status.get("pids"));
    }

    @Test
    void namesTheProcessThatHoldsAPortItNeeds() throws Exception {
        // Given
        int port = Integer.parseInt(variables.get(StackPorts.variable("KAFKA")));
        try (var holder = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            // When
            var up = dev("up");
            // Then
            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.text())
                    .contains("port " + holder.getLocalPort() + ", which Kafka needs, is held by java (process "
                            + ProcessHandle.current().pid() + ")")
                    .contains("SHOPSYNC_KAFKA_PORT");
        }
    }

    private JsonNode status() throws Exception {
        return JSON.readTree(dev("status", "--json").text());
    }

    private ShopSyncApi api(JsonNode status) throws Exception {
        var token = dev("token", "admin").text().strip();
        return new ShopSyncApi(
                service ->
                        URI.create(status.at("/services/" + service.shortName()).asText()),
                () -> token);
    }

    private Said dev(String... arguments) throws IOException, InterruptedException {
        var words = new ArrayList<String>();
        words.add(ProcessHandle.current().info().command().orElseThrow());
        words.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        words.add("-cp");
        words.add(System.getProperty("java.class.path"));
        words.add(Main.class.getName());
        words.addAll(List.of(arguments));
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(variables);
        builder.environment().put("SHOPSYNC_HOME", home.toString());
        builder.environment().put("SHOPSYNC_REPOSITORY", SystemUnderTest.REPOSITORY.toString());
        var process = builder.start();
        try (var output = process.inputReader()) {
            var text = String.join("\n", output.lines().toList());
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
            return new Said(process.exitValue(), text);
        }
    }
}
