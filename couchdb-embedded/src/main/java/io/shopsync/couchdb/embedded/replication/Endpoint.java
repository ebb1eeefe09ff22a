package io.shopsync.couchdb.embedded.replication;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A database that is replicated from or to, and how to get in.
 *
 * @param url ends with a slash, has no credentials in it
 * @param headers sent with each request, none of them with a password
 * @param user null where nobody logs in
 */
record Endpoint(URI url, Map<String, String> headers, String user, String password) {
    /**
     * Reads {@code source} or {@code target}. Credentials are taken from {@code auth}, else from the URL, else from the
     * headers ({@code couch_replicator_utils:normalize_basic_auth/1}).
     *
     * @throws CouchError what {@code _replicate} answers
     */
    static Endpoint parse(JsonNode given) {
        if (given.isMissingNode() || given.isNull()) {
            throw new CouchError(500, "error", "Missing replicator database");
        }
        if (given.isTextual() && !isHttp(given.textValue())) {
            throw new CouchError(500, "error", "local_endpoints_not_supported");
        }
        var url = uri(given.isTextual() ? given : given.path("url"));
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        given.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        var basic = given.path("auth").path("basic");
        var credentials = basic.hasNonNull("username") && basic.hasNonNull("password")
                ? basic.get("username").asText() + ":" + basic.get("password").asText()
                : url.getUserInfo();
        if (headers.getOrDefault("Authorization", "").toLowerCase(Locale.ROOT).startsWith("basic ")) {
            var fromHeader = decoded(headers.remove("Authorization").substring("basic ".length()));
            credentials = credentials == null ? fromHeader : credentials;
        }
        int colon = credentials == null ? -1 : credentials.indexOf(':');
        return new Endpoint(
                withoutUser(url),
                headers,
                colon < 0 ? null : credentials.substring(0, colon),
                colon < 0 ? null : credentials.substring(colon + 1));
    }

    private static boolean isHttp(String url) {
        return url.startsWith("http://") || url.startsWith("https://");
    }

    private static URI uri(JsonNode text) {
        try {
            var url = URI.create(text.asText());
            if (isHttp(text.asText()) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Answered below, as whatever else is no URL.
        }
        throw new CouchError(400, "invalid_replication", "endpoint has an invalid url");
    }

    private static URI withoutUser(URI url) {
        var address = url.getRawAuthority().substring(url.getRawAuthority().indexOf('@') + 1);
        var path = url.getRawPath().endsWith("/") ? url.getRawPath() : url.getRawPath() + "/";
        return URI.create(url.getScheme() + "://" + address + path);
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64.strip()), UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** A request to this database, or with a path to something in it. */
    HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(url + path)).header("Accept", "application/json");
        headers.forEach(request::setHeader);
        if (user != null) {
            var credentials = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
            request.setHeader("Authorization", "Basic " + credentials);
        }
        return request;
    }

    /** What makes it this endpoint and no other; a new password does not. */
    ArrayNode identity() {
        var identity = Json.array().add(user).add(url.getHost()).add(url.getPort() == 5984 ? -1 : url.getPort());
        headers.forEach((name, value) -> identity.add(TextNode.valueOf(name + ": " + value)));
        return identity.add(url.getRawPath());
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
