package io.shopsync.bench.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;

/** Asks a server as its admin and reads answers to their end, with as little work of its own as can be. */
record Asker(URI server, HttpClient http) {

    private static final String ADMIN = "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(UTF_8));

    static Asker of(URI server) {
        return new Asker(
                server,
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    /**
     * Sends a request.
     *
     * @throws IllegalStateException where it is refused
     */
    void ask(String method, String path, byte[] body) {
        var request = HttpRequest.newBuilder(URI.create(server + path))
                .method(method, BodyPublishers.ofByteArray(body))
                .header("Authorization", ADMIN)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .build();
        try {
            var answer = http.send(request, BodyHandlers.discarding());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(method + " " + path + ": " + answer.statusCode());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
