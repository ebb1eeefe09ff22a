package io.shopsync.couchdb.embedded.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of one scenario against one server: remembers the values that its steps save. Not for many threads. */
public final class Replay {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{(\\w+)}}");

    private final HttpClient http;
    private final Map<String, String> variables = new HashMap<>();

    /** @param base the server's address, without credentials and without a slash at its end */
    public Replay(HttpClient http, URI base) {
        this.http = http;
        variables.put("base", base.toString());
    }

    /** Sends the step's request once; says how the answer differs from the recorded one, empty where it matches. */
    public List<String> perform(Scenario.Step step) {
        var answer = send(step.method(), step.path(), step.as(), step.body(), step.headers());
        var differences = new ArrayList<String>();
        if (answer.status() != step.status()) {
            differences.add("status: expected " + step.status() + " but was " + answer.status());
        }
        differences.addAll(Expectation.differences(substituted(step.response()), answer.body()));
        if (!differences.isEmpty()) {
            differences.add("the whole answer: " + answer.body());
        }
        if (step.save() != null) {
            step.save()
                    .forEach((name, path) -> variables.put(
                            name, answer.body().at("/" + path.replace('.', '/')).asText()));
        }
        return differences;
    }

    /** Removes what the scenario creates, so that it finds a server as it was recorded from. */
    public void cleanUp(Scenario scenario) {
        var admin = TextNode.valueOf("admin");
        for (var document : scenario.systemDocuments()) {
            var revision = send("GET", "/" + document, admin, null, null)
                    .body()
                    .path("_rev")
                    .asText("");
            if (!revision.isEmpty()) {
                send("DELETE", "/" + document + "?rev=" + revision, admin, null, null);
            }
        }
        scenario.databases().forEach(database -> send("DELETE", "/" + database, admin, null, null));
    }

    private Answer send(String method, String path, JsonNode as, JsonNode body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create(substituted("{{base}}" + path)));
        request.header("Accept", "application/json");
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            var text = body.isTextual() ? body.textValue() : body.toString();
            request.header("Content-Type", "application/json");
            request.method(method, BodyPublishers.ofString(substituted(text)));
        }
        if (headers != null) {
            headers.forEach(request::setHeader);
        }
        if (as != null && !as.isNull()) {
            request.header("Authorization", credentials(as));
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofString(UTF_8));
            return new Answer(response.statusCode(), parsed(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String credentials(JsonNode as) {
        var pair = as.isTextual()
                ? "admin:admin"
                : as.get("name").textValue() + ":" + as.get("password").textValue();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    private static JsonNode parsed(String body) {
        try {
            var tree = JSON.readTree(body);
            return tree.isMissingNode() ? TextNode.valueOf("") : tree;
        } catch (JsonProcessingException notJson) {
            return TextNode.valueOf(body);
        }
    }

    private JsonNode substituted(JsonNode recorded) {
        return parsed(substituted(recorded.toString()));
    }

    private String substituted(String text) {
        return VARIABLE.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(variables.getOrDefault(found.group(1), "unset-" + found.group(1))));
    }

    private record Answer(int status, JsonNode body) {}
}
