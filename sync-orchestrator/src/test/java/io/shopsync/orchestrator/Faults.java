package io.shopsync.orchestrator;

import io.shopsync.orchestrator.CouchProxy.Action;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Harm done to the service's requests to CouchDB, until closed. Requests are told by their line, such as
 * {@code PUT /shop_acme_sales?q=1}, with a regular expression that is found in it.
 */
public final class Faults implements AutoCloseable {

    private final String proxy;

    private Faults(Action action, int times, String requests) {
        this(CouchProxy.URL, action, times, requests);
    }

    private Faults(String proxy, Action action, int times, String requests) {
        this.proxy = proxy;
        post(action + "\n" + times + "\n" + requests);
    }

    /** The standby is away. */
    public static Faults standbyAway() {
        return new Faults(StandbyProxy.URL, Action.BREAK, Integer.MAX_VALUE, ".");
    }

    /** The standby fails on such requests in a way that passes. */
    public static Faults standbyOverloaded(String requests) {
        return new Faults(StandbyProxy.URL, Action.OVERLOADED, Integer.MAX_VALUE, requests);
    }

    /** The standby carries out some such requests, and nobody hears of it. */
    public static Faults standbyLosesAnswers(int times, String requests) {
        return new Faults(StandbyProxy.URL, Action.LOSE_ANSWER, times, requests);
    }

    /** The standby takes nothing large. */
    public static Faults standbyTakesNothingLarge() {
        return new Faults(StandbyProxy.URL, Action.TOO_LARGE, Integer.MAX_VALUE, ".");
    }

    /** The standby refuses such requests as wrong. */
    public static Faults standbyRefuses(String requests) {
        return new Faults(StandbyProxy.URL, Action.REFUSE, Integer.MAX_VALUE, requests);
    }

    /** The standby answers no such request before the end. */
    public static Faults standbyHangs(String requests) {
        return new Faults(StandbyProxy.URL, Action.HANG, Integer.MAX_VALUE, requests);
    }

    /** CouchDB is away. */
    public static Faults away() {
        return new Faults(Action.BREAK, Integer.MAX_VALUE, ".");
    }

    /** Every such request fails in a way that passes. */
    public static Faults overloaded(String requests) {
        return new Faults(Action.OVERLOADED, Integer.MAX_VALUE, requests);
    }

    /** Every such request fails for good. */
    public static Faults refuse(String requests) {
        return new Faults(Action.REFUSE, Integer.MAX_VALUE, requests);
    }

    /** No such request is answered before the end. */
    public static Faults hang(String requests) {
        return new Faults(Action.HANG, Integer.MAX_VALUE, requests);
    }

    /** CouchDB carries out the first such request, and nobody hears of it. */
    public static Faults loseFirstAnswer(String requests) {
        return new Faults(Action.LOSE_ANSWER, 1, requests);
    }

    /** The lines of such requests so far. */
    public static List<String> seen(String requests) {
        var pattern = Pattern.compile(requests);
        return send(HttpRequest.newBuilder(uri(CouchProxy.URL, CouchProxy.SEEN)).build())
                .lines()
                .filter(pattern.asPredicate())
                .toList();
    }

    @Override
    public void close() {
        post("");
    }

    private void post(String rule) {
        send(HttpRequest.newBuilder(uri(proxy, CouchProxy.RULE))
                .POST(HttpRequest.BodyPublishers.ofString(rule))
                .build());
    }

    private static URI uri(String proxy, String path) {
        return URI.create(System.getProperty(proxy) + path);
    }

    private static String send(HttpRequest request) {
        // A client each: the proxy breaks connections, and a pool would hand a broken one out.
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
