package io.shopsync.orchestrator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.shopsync.stack.testing.CouchResource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * Stands between the service and CouchDB, so that a test can see the requests and do harm to some of them. Tests speak
 * to it over HTTP, see {@link Faults}: Quarkus loads it and them in class loaders of their own.
 */
public class CouchProxy implements QuarkusTestResourceLifecycleManager {

    /** The system property with its URL. */
    static final String URL = "test.couch.proxy";

    /** Posting {@code action, times, regular expression} in three lines sets the rule; an empty body, none. */
    static final String RULE = "/test/rule";

    /** Answers the lines of all requests so far, {@code PUT /shop_acme_sales?q=1}. */
    static final String SEEN = "/test/seen";

    /** In bytes. */
    public static final int LARGE = 1 << 20;

    /** What is done to a request that the rule is for; {@code ANSWER} carries a status. */
    enum Action {
        /** CouchDB gets it, and its answer is lost with the connection. */
        LOSE_ANSWER,
        /** The connection breaks before CouchDB gets it. */
        BREAK,
        /** Answered 503 in CouchDB's stead. */
        OVERLOADED,
        /** Answered 400 in CouchDB's stead. */
        REFUSE,
        /** Answered 413 in CouchDB's stead where the body is longer than {@link #LARGE}. */
        TOO_LARGE,
        /** Held back until the rule changes. */
        HANG
    }

    private HttpServer server;
    private HttpClient client;
    private URI couch;
    private final List<String> seen = new ArrayList<>();
    private Rule rule;

    private static final class Rule {
        final Action action;
        final Pattern requests;
        int times;

        Rule(List<String> lines) {
            action = Action.valueOf(lines.get(0));
            times = Integer.parseInt(lines.get(1));
            requests = Pattern.compile(lines.get(2));
        }
    }

    @Override
    public Map<String, String> start() {
        var address = upstream();
        couch = address.url();
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        // Otherwise each answer waits 40 ms for the acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(RULE, this::setRule);
        server.createContext(SEEN, this::tellSeen);
        server.createContext("/", this::pass);
        server.start();
        var url = "http://127.0.0.1:" + server.getAddress().getPort();
        System.setProperty(urlProperty(), url);
        return Map.of(
                prefix() + ".url", url,
                prefix() + ".username", address.username(),
                prefix() + ".password", address.password());
    }

    /** The server behind it. */
    protected CouchResource.Address upstream() {
        return CouchResource.address();
    }

    /** The system property with the proxy's URL. */
    protected String urlProperty() {
        return URL;
    }

    /** Of the settings that name the server to the service. */
    protected String prefix() {
        return "shopsync.couchdb";
    }

    @Override
    public void stop() {
        server.stop(0);
        client.close();
    }

    private void setRule(HttpExchange exchange) throws IOException {
        try (exchange) {
            var lines = new String(exchange.getRequestBody().readAllBytes(), UTF_8)
                    .lines()
                    .toList();
            synchronized (this) {
                rule = lines.isEmpty() ? null : new Rule(lines);
                notifyAll();
            }
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private void tellSeen(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] lines;
            synchronized (this) {
                lines = String.join("\n", seen).getBytes(UTF_8);
            }
            answer(exchange, 200, lines);
        }
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            switch (actionOn(exchange.getRequestMethod() + " " + exchange.getRequestURI())) {
                case LOSE_ANSWER -> forward(exchange, body).body().readAllBytes();
                case BREAK, HANG -> {}
                case OVERLOADED -> answer(exchange, 503, new byte[0]);
                case REFUSE -> answer(exchange, 400, new byte[0]);
                case TOO_LARGE -> {
                    if (body.length > LARGE) {
                        answer(exchange, 413, new byte[0]);
                    } else {
                        relay(forward(exchange, body), exchange);
                    }
                }
                case null -> relay(forward(exchange, body), exchange);
            }
        }
    }

    private synchronized Action actionOn(String line) throws IOException {
        seen.add(line);
        while (rule != null && rule.times > 0 && rule.requests.matcher(line).find()) {
            if (rule.action != Action.HANG) {
                rule.times--;
                return rule.action;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        return null;
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** Piece by piece, as a feed comes that never ends. */
    private static void relay(HttpResponse<InputStream> answer, HttpExchange exchange) throws IOException {
        // CouchDB's own replicator logs in by a session, and reads attachments as multipart.
        for (var name : List.of("Content-Type", "Set-Cookie")) {
            answer.headers()
                    .firstValue(name)
                    .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
        }
        exchange.sendResponseHeaders(answer.statusCode(), 0);
        try (var from = answer.body();
                var to = exchange.getResponseBody()) {
            var piece = new byte[8192];
            for (var length = from.read(piece); length >= 0; length = from.read(piece)) {
                to.write(piece, 0, length);
                to.flush();
            }
        }
    }

    private HttpResponse<InputStream> forward(HttpExchange exchange, byte[] body) throws IOException {
        var request = HttpRequest.newBuilder(
                        URI.create(couch + exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        for (var name : List.of("Authorization", "Content-Type", "Accept", "Cookie")) {
            var value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
