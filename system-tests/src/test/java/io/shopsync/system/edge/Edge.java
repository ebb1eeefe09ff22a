package io.shopsync.system.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.shopsync.stack.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An nginx with the committed configuration, as the container's entrypoint would start it. */
final class Edge implements AutoCloseable {

    static final String CONTROL_TOKEN = "control-token-of-the-tests";
    private static final Path HOME = home();
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final Path SCRIPTING = Path.of("/usr/lib/nginx/modules/ngx_http_js_module.so");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(EDGE_[A-Z_]+)}");
    private static final Pattern DEFAULT = Pattern.compile("(EDGE_[A-Z_]+)=\"([^\"]*)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path state;
    private final URI url;
    private final URI control;
    private final Process process;

    private Edge(URI couch, Path state, Map<String, String> settings) throws IOException {
        this.state = state;
        this.url = URI.create("http://127.0.0.1:" + Ports.free());
        this.control = URI.create("http://127.0.0.1:" + Ports.free());
        var all = defaults();
        all.putAll(Map.of(
                "EDGE_LISTEN", url.getAuthority(),
                "EDGE_COUCHDB", couch.getAuthority(),
                "EDGE_CONTROL_LISTEN", control.getAuthority(),
                "EDGE_CONTROL_TOKEN", CONTROL_TOKEN,
                "EDGE_HOME", HOME.toString(),
                "EDGE_STATE", state.toString(),
                "EDGE_ACCESS_LOG", accessLog().toString(),
                "EDGE_ERROR_LOG", state.resolve("error.log").toString()));
        all.putAll(Map.of("EDGE_WORKERS", "1", "EDGE_CONNECTIONS", "512", "EDGE_FILES", "1024"));
        all.putAll(settings);
        var configuration = state.resolve("nginx.conf");
        Files.writeString(configuration, filledIn(Files.readString(HOME.resolve("nginx.conf.template")), all));
        // Started as root, nginx would drop to a user that cannot read this folder.
        var user = "root".equals(System.getProperty("user.name")) ? "user root; " : "";
        process = new ProcessBuilder(List.of(
                        NGINX.toString(),
                        "-c",
                        configuration.toString(),
                        "-e",
                        state + "/error.log",
                        "-g",
                        user + "daemon off;"))
                .redirectErrorStream(true)
                .redirectOutput(state.resolve("output.log").toFile())
                .start();
    }

    /**
     * Starts an edge in front of {@code couch}; the test is skipped where nginx is not installed.
     *
     * @param settings {@code EDGE_…} variables that differ from the image's defaults
     */
    static Edge before(URI couch, Path state, Map<String, String> settings) throws IOException {
        assumeTrue(
                Files.isExecutable(NGINX) && Files.exists(SCRIPTING),
                "the edge is tested with nginx and its JavaScript module, which are not installed here "
                        + "(Debian: apt-get install nginx-light libnginx-mod-http-js)");
        var edge = new Edge(couch, state, settings);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(edge.process.isAlive()).as(edge.errors()).isTrue();
            assertThat(edge.control("GET", "/healthz", CONTROL_TOKEN)).isEqualTo(200);
        });
        return edge;
    }

    URI url() {
        return url;
    }

    /** Where its control door is. */
    URI controlUrl() {
        return control;
    }

    Path accessLog() {
        return state.resolve("access.log");
    }

    String errors() throws IOException {
        return Files.readString(state.resolve("output.log"));
    }

    /** Refuses the shop's requests and ends its feeds. */
    void suspend(String shop) {
        assertThat(control("PUT", "/suspended/" + shop, CONTROL_TOKEN)).isIn(201, 204);
    }

    /** Takes the shop's requests again. */
    void resume(String shop) {
        assertThat(control("DELETE", "/suspended/" + shop, CONTROL_TOKEN)).isEqualTo(204);
    }

    /** Ends the feeds that the shop's tills have open now. */
    void cutFeeds(String shop) {
        assertThat(control("PUT", "/cut/" + shop, CONTROL_TOKEN)).isIn(201, 204);
    }

    /** The status with which the control plane's door answers. */
    int control(String method, String path, String token) {
        var body = "PUT".equals(method)
                ? HttpRequest.BodyPublishers.ofString("by a test")
                : HttpRequest.BodyPublishers.noBody();
        var request = HttpRequest.newBuilder(control.resolve(path))
                .method(method, body)
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
        await().atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
    }

    private static String filledIn(String template, Map<String, String> settings) {
        return VARIABLE.matcher(template).replaceAll(variable -> {
            var value = settings.get(variable.group(1));
            assertThat(value).as("setting %s", variable.group(1)).isNotNull();
            return Matcher.quoteReplacement(value);
        });
    }

    private static Map<String, String> defaults() throws IOException {
        var defaults = new HashMap<String, String>();
        DEFAULT.matcher(Files.readString(HOME.resolve("Dockerfile")))
                .results()
                .forEach(setting -> defaults.put(setting.group(1), setting.group(2)));
        return defaults;
    }

    private static Path home() {
        return Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .resolveSibling("deploy")
                .resolve("edge");
    }
}
