package io.shopsync.stack.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.shopsync.contracts.ShopId;
import io.shopsync.stack.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The requests that the demo and the system tests make. */
public final class ShopSyncApi implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String EVENT_DATA = "data:";

    private final Function<Service, URI> services;
    private final Supplier<String> token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /**
     * @param services where each service is
     * @param token the bearer token to show
     */
    public ShopSyncApi(Function<Service, URI> services, Supplier<String> token) {
        this.services = services;
        this.token = token;
    }

    /**
     * An answer.
     *
     * @param status HTTP's
     * @param body JSON, or a missing node where there is none
     */
    public record Answer(int status, JsonNode body) {}

    /**
     * Signs a shop up.
     *
     * @throws java.io.UncheckedIOException where the service cannot be reached
     */
    public Answer signUp(ShopId shop, String name) {
        var body = JSON.createObjectNode().put("shopId", shop.value()).put("name", name);
        return send("POST", Service.PROVISIONING, "/api/v1/shops", Optional.of(body));
    }

    /** A shop with its status. */
    public Answer shop(ShopId shop) {
        return get(Service.PROVISIONING, "/api/v1/shops/" + shop);
    }

    /**
     * Follows a shop by its server-sent events until it is settled: ready, failed, suspended or deleted.
     *
     * @return the shop as it is then; a missing node where nothing was told of it
     * @throws java.io.UncheckedIOException where the service cannot be reached
     */
    public JsonNode followUntilSettled(ShopId shop) {
        var request = request(Service.PROVISIONING, "/api/v1/shops/" + shop + "/progress")
                .header("Accept", "text/event-stream")
                .build();
        try (var lines = exchange(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            var last = lines.filter(line -> line.startsWith(EVENT_DATA)).reduce((_, later) -> later);
            return last.isEmpty()
                    ? MissingNode.getInstance()
                    : JSON.readTree(last.get().substring(EVENT_DATA.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a shop's tills need. */
    public Answer connection(ShopId shop) {
        return get(Service.PROVISIONING, "/api/v1/shops/" + shop + "/connection");
    }

    /** Every event of a shop in the ledger, newest first. */
    public List<JsonNode> events(ShopId shop) {
        return all(Service.AUDIT, "/api/v1/events?shop=" + shop);
    }

    /** Every finding about a shop, newest first. */
    public List<JsonNode> findings(ShopId shop) {
        return all(Service.AUDIT, "/api/v1/findings?shop=" + shop);
    }

    /** The items of all pages. */
    public List<JsonNode> all(Service service, String path) {
        var items = new ArrayList<JsonNode>();
        var page = get(service, path);
        while (true) {
            if (page.status() != 200) {
                throw new IllegalStateException(path + " answers " + page.status() + " " + page.body());
            }
            page.body().get("items").forEach(items::add);
            var next = page.body().path("next").asText("");
            if (next.isEmpty()) {
                return items;
            }
            var cursor = (path.contains("?") ? "&" : "?") + "cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
            page = get(service, path + cursor);
        }
    }

    /** Any GET. */
    public Answer get(Service service, String path) {
        return send("GET", service, path, Optional.empty());
    }

    /** Any request with a JSON body. */
    public Answer send(String method, Service service, String path, Map<String, ?> body) {
        return send(method, service, path, Optional.of(JSON.valueToTree(body)));
    }

    @Override
    public void close() {
        http.close();
    }

    private Answer send(String method, Service service, String path, Optional<JsonNode> body) {
        var publisher = body.map(json -> HttpRequest.BodyPublishers.ofString(json.toString()))
                .orElseGet(HttpRequest.BodyPublishers::noBody);
        var request = request(service, path)
                .method(method, publisher)
                .header("Content-Type", "application/json")
                .build();
        try {
            var response = exchange(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(Service service, String path) {
        return HttpRequest.newBuilder(services.apply(service).resolve(path))
                .header("Authorization", "Bearer " + token.get())
                .timeout(PATIENCE);
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body) throws IOException {
        try {
            return http.send(request, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
