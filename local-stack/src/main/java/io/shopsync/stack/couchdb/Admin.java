package io.shopsync.stack.couchdb;

import io.shopsync.stack.process.Pause;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The few requests that make a fresh server usable. */
final class Admin {

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final List<String> SYSTEM_DATABASES = List.of("_users", "_replicator", "_global_changes");

    private final URI url;
    private final String authorization;

    Admin(URI url, String username, String password) {
        this.url = url;
        this.authorization = "Basic "
                + Base64.getEncoder().encodeToString((username + ':' + password).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Waits until the server answers, and makes the databases that a single node does not make itself
     * ({@code _global_changes} among them: without it {@code _db_updates} is a 404).
     *
     * @param alive whether waiting still makes sense
     * @throws IllegalStateException where the server died, refuses the password or is not up in time
     */
    void awaitReady(Duration patience, BooleanSupplier alive) {
        long deadline = System.nanoTime() + patience.toNanos();
        try (var client = HttpClient.newBuilder().connectTimeout(ANSWER).build()) {
            while (status(client, "GET", "/_up") != 200) {
                if (!alive.getAsBoolean()) {
                    throw new IllegalStateException("CouchDB ended while starting");
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("CouchDB at " + url + " does not answer /_up with 200");
                }
                Pause.of(PAUSE);
            }
            for (var database : SYSTEM_DATABASES) {
                make(client, database, deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while CouchDB started", e);
        }
    }

    private void make(HttpClient client, String database, long deadline) throws InterruptedException {
        int status = made(client, database);
        // It makes some of them itself, and answers 500 to whoever asks for the same at that moment (measured).
        while (status == 500 && System.nanoTime() < deadline) {
            Pause.of(PAUSE);
            status = made(client, database);
        }
        // 412: it exists by now, made by the server itself.
        if (status != 200 && status != 201 && status != 202 && status != 412) {
            throw new IllegalStateException("CouchDB at " + url + " answers " + status + " for " + database);
        }
    }

    private int made(HttpClient client, String database) throws InterruptedException {
        int status = status(client, "GET", '/' + database);
        return status == 404 ? status(client, "PUT", '/' + database) : status;
    }

    /** The status, or 0 where the server cannot be reached (yet). */
    private int status(HttpClient client, String method, String path) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", authorization)
                .timeout(ANSWER)
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }
}
