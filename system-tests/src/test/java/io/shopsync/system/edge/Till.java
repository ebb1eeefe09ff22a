package io.shopsync.system.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.UnaryOperator;

/** Sends requests as written, without tidying their paths, with a login of its own. */
final class Till implements AutoCloseable {

    private final HttpClient client;
    private final URI server;
    private final String authorization;

    private Till(HttpClient client, URI server, String login, String password) {
        this.client = client;
        this.server = server;
        this.authorization = "Basic "
                + Base64.getEncoder().encodeToString((login + ':' + password).getBytes(StandardCharsets.UTF_8));
    }

    static Till of(URI server, String login, String password) {
        return new Till(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), server, login, password);
    }

    /** A till at another address of this machine. */
    static Till at(String address, URI server, String login, String password) {
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.ofLiteral(address))
                .build();
        return new Till(client, server, login, password);
    }

    HttpResponse<String> send(String method, String path) {
        return send(method, path, "");
    }

    HttpResponse<String> send(String method, String path, String json) {
        return send(method, path, json, request -> request);
    }

    HttpResponse<String> send(String method, String path, String json, UnaryOperator<HttpRequest.Builder> andThen) {
        try {
            return client.send(request(method, path, json, andThen), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + ' ' + path + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Opens a feed and collects its lines until it ends. */
    Feed open(String path) {
        return Feed.of(client, request("GET", path, "", request -> request));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest request(String method, String path, String json, UnaryOperator<HttpRequest.Builder> andThen) {
        var body = json.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json);
        var request = HttpRequest.newBuilder(URI.create(server + path))
                .method(method, body)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30));
        return andThen.apply(request).build();
    }
}
