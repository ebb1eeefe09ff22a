package io.shopsync.couchdb.embedded.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.identity.UserContext;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import io.shopsync.couchdb.embedded.wire.Urls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * A request as handlers see it: read whole, its user known.
 *
 * @param target path and query string as they came
 * @param headers a header's value by its name, in any case, or null
 * @param body as it came, still compressed if it was
 * @param peer the client's IP address
 * @param path the path's parts, each decoded: {@code /a%2Fb/_find} is {@code [a/b, _find]}
 * @param query the parameters of the query string, the first value of each
 */
public record Request(
        String originalMethod,
        String target,
        Function<String, String> headers,
        @SuppressWarnings("ArrayRecordComponent") byte[] body,
        String peer,
        UserContext user,
        List<String> path,
        Map<String, String> query) {
    private static final String JSON = "application/json";

    /** One whose user is not known yet. */
    static Request of(String method, String target, Function<String, String> headers, byte[] body, String peer) {
        String path = pathOf(target);
        String query = target.substring(Math.min(target.length(), path.length() + 1));
        return new Request(method, target, headers, body, peer, UserContext.ANONYMOUS, parts(path), parameters(query));
    }

    Request as(UserContext known) {
        return new Request(originalMethod, target, headers, body, peer, known, path, query);
    }

    private static String pathOf(String target) {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    private static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty()) {
                parts.add(Urls.decode(part));
            }
        }
        return List.copyOf(parts);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = Urls.decode(equals < 0 ? pair : pair.substring(0, equals));
            parameters.putIfAbsent(name, equals < 0 ? "" : Urls.decode(pair.substring(equals + 1)));
        }
        return parameters;
    }

    /** {@code HEAD} shows as {@code GET}: the answer's body is dropped on the way out. */
    public String method() {
        return isHead() ? "GET" : originalMethod;
    }

    boolean isHead() {
        return originalMethod.equals("HEAD");
    }

    /** The first value of a parameter of the query string, decoded. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** @throws CouchError 400 for what is neither {@code true} nor {@code false} */
    public boolean flag(String name, boolean absent) {
        return query(name)
                .map(value -> switch (value) {
                    case "true" -> true;
                    case "false" -> false;
                    default ->
                        throw new CouchError(400, "query_parse_error", "Invalid boolean parameter: \"" + value + "\"");
                })
                .orElse(absent);
    }

    /** Whether a parameter is {@code true}, where CouchDB takes anything else for a no. */
    public boolean isTrue(String name) {
        return query(name).filter("true"::equals).isPresent();
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.apply(name));
    }

    /** Whether the client would take an answer of this type. */
    public boolean accepts(String type) {
        String accepted = header("Accept").orElse("*/*");
        String family = type.substring(0, type.indexOf('/')) + "/*";
        for (String part : accepted.split(",", -1)) {
            String plain = part.split(";", 2)[0].strip();
            if (plain.equals(type) || plain.equals("*/*") || plain.equals(family)) {
                return true;
            }
        }
        return false;
    }

    /** @throws CouchError 415, where a {@code POST} does not call its body JSON, or 400 {@code invalid UTF-8 JSON} */
    public JsonNode json() {
        if (originalMethod.equals("POST")) {
            requireType(JSON);
        }
        return Json.parse(plainBody());
    }

    /** @throws CouchError 400 {@code Request body must be a JSON object} */
    public ObjectNode jsonObject() {
        if (json() instanceof ObjectNode object) {
            return object;
        }
        throw CouchError.badRequest("Request body must be a JSON object");
    }

    /** @throws CouchError 415 */
    public void requireType(String type) {
        String given =
                header("Content-Type").map(value -> value.split(";", 2)[0]).orElse("");
        if (!given.equals(type)) {
            throw new CouchError(415, "bad_content_type", "Content-Type must be " + type);
        }
    }

    private byte[] plainBody() {
        String encoding = header("Content-Encoding").orElse("identity");
        return switch (encoding) {
            case "identity" -> body;
            case "gzip" -> {
                try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
                    yield in.readAllBytes();
                } catch (IOException e) {
                    throw CouchError.badRequest("Request body is not properly gzipped.");
                }
            }
            default ->
                throw new CouchError(415, "bad_content_type", encoding + " is not a supported content encoding.");
        };
    }

    /** Host and port as the client addressed them. */
    String host() {
        return header("Host").orElse("127.0.0.1");
    }

    /** This server as the client addressed it, without a final slash. */
    public URI base() {
        return URI.create("http://" + host());
    }
}
