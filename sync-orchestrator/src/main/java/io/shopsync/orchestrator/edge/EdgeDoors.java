package io.shopsync.orchestrator.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.shopsync.contracts.ShopId;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The control doors of all edges, see {@code deploy/edge/README.md}. Each call may be repeated. */
@Startup
@ApplicationScoped
public class EdgeDoors {

    /** Calls at control doors, by what they were for and whether the edge did it. */
    static final String CALLS = "shopsync.edge.calls";

    private static final Set<Integer> DONE = Set.of(200, 201, 204);
    private static final int NOT_FOUND = 404;

    private final List<URI> doors;
    private final String token;
    private final EdgeConfig config;
    private final MeterRegistry metrics;
    private final HttpClient client;

    EdgeDoors(EdgeConfig config, MeterRegistry metrics) {
        this.config = config;
        this.metrics = metrics;
        this.doors = config.controlUrls().orElse(List.of());
        this.token = config.controlToken().orElse("");
        if (!doors.isEmpty() && token.isBlank()) {
            throw new IllegalStateException("shopsync.edge.control-urls needs shopsync.edge.control-token");
        }
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.timeout())
                .build();
    }

    /** Whether there is any edge to tell. */
    public boolean areThere() {
        return !doors.isEmpty();
    }

    /**
     * Refuses the shop's requests and ends its feeds.
     *
     * @throws EdgeUnavailable where an edge did not
     */
    public void refuse(ShopId shop) {
        tell("refuse", "PUT", "/suspended/" + shop, DONE);
    }

    /**
     * Takes the shop's requests again, where they were refused.
     *
     * @throws EdgeUnavailable where an edge did not
     */
    public void admit(ShopId shop) {
        tell("admit", "DELETE", "/suspended/" + shop, Set.of(200, 204, NOT_FOUND));
    }

    /**
     * Ends the shop's feeds that are open now, no more.
     *
     * @throws EdgeUnavailable where an edge did not
     */
    public void cutFeeds(ShopId shop) {
        tell("cut", "PUT", "/cut/" + shop, DONE);
    }

    /** One that is away must not keep the others from being told. */
    private void tell(String what, String method, String path, Set<Integer> done) {
        var failures = doors.stream()
                .flatMap(door -> failure(what, method, door, path, done).stream())
                .toList();
        if (!failures.isEmpty()) {
            throw new EdgeUnavailable(String.join("; ", failures));
        }
    }

    private Optional<String> failure(String what, String method, URI door, String path, Set<Integer> done) {
        var failure = ask(method, door, path)
                .map(status -> done.contains(status) ? "" : "answered " + status)
                .orElse("did not answer");
        metrics.counter(CALLS, "call", what, "outcome", failure.isEmpty() ? "done" : "failed")
                .increment();
        return failure.isEmpty() ? Optional.empty() : Optional.of("the edge " + door.getAuthority() + ' ' + failure);
    }

    private Optional<Integer> ask(String method, URI door, String path) {
        var request = HttpRequest.newBuilder(door.resolve(path))
                .method(
                        method,
                        method.equals("PUT") ? BodyPublishers.ofString("sync-orchestrator\n") : BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token)
                .timeout(config.timeout())
                .build();
        try {
            return Optional.of(client.send(request, BodyHandlers.discarding()).statusCode());
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
