package io.shopsync.system.edge;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** An open {@code _changes} feed: its lines so far, heartbeats apart, and whether it has ended. */
final class Feed {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> end;

    private Feed(HttpClient client, HttpRequest request) {
        end = client.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
                .thenAccept(response ->
                        response.body().filter(line -> !line.isBlank()).forEach(lines::add));
    }

    static Feed of(HttpClient client, HttpRequest request) {
        return new Feed(client, request);
    }

    List<String> lines() {
        return lines;
    }

    /** Whether the server has ended it, in order or by closing the connection. */
    boolean ended() {
        return end.isDone();
    }
}
