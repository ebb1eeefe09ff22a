package io.shopsync.couchdb.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Asks a server as its admin, in tests. */
record Client(URI base, HttpClient http) {
    /** An answer; {@code json} is a missing node where the body is none. */
    record Answer(int status, JsonNode json, HttpHeaders headers, String text) {
        String rev() {
            return json.path("rev").asText();
        }
    }

    static Client of(URI base) {
        return new Client(
                base,
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer put(String path, String json) {
        return send("PUT", path, json);
    }

    Answer post(String path, String json) {
        return send("POST", path, json);
    }

    Answer delete(String path) {
        return send("DELETE", path, "");
    }

    Answer send(String method, String path, String body, String... headers) {
        try {
            return trySend(method, path, body, headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IOException where the server did not answer */
    Answer trySend(String method, String path, String body, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, BodyPublishers.ofString(body))
                .setHeader("Authorization", "Basic " + encoded("admin:admin"))
                .setHeader("Content-Type", "application/json")
                .setHeader("Accept", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), parse(response.body()), response.headers(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return Json.parse(body);
        } catch (CouchError e) {
            return Json.MAPPER.missingNode();
        }
    }

    private static String encoded(String credentials) {
        return Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
