package io.shopsync.couchdb.embedded.replication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.ErlangTerm;
import io.shopsync.couchdb.embedded.wire.Json;
import io.shopsync.couchdb.embedded.wire.Urls;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.Set;

/**
 * One end of a replication, spoken to as CouchDB's replicator does ({@code couch_replicator_api_wrap}): failures of the
 * network and of the server are tried again a few times, each time after twice as long.
 */
final class RemoteDatabase {
    private static final int FIRST_WAIT_MS = 250;
    private static final Set<Integer> PASSING = Set.of(408, 429);

    private final HttpClient http;
    private final Endpoint endpoint;
    private final int retries;

    RemoteDatabase(HttpClient http, Endpoint endpoint, int retries) {
        this.http = http;
        this.endpoint = endpoint;
        this.retries = retries;
    }

    /** An answer that is neither a failure of the server nor of the network. */
    record Answer(int status, JsonNode body) {
        boolean isOk() {
            return status / 100 == 2;
        }

        /** The status and CouchDB's words, as Erlang prints them. */
        String asTerm() {
            return status + "," + ErlangTerm.pretty(body);
        }
    }

    /** @throws Crash where the database is not there or not for this user */
    ObjectNode info() throws InterruptedException {
        var answer = send("GET", "", null);
        requireAllowed(answer);
        if (answer.isOk() && answer.body().has("update_seq") && answer.body() instanceof ObjectNode info) {
            return info;
        }
        throw Crash.notFound(endpoint);
    }

    /** Makes the database, unless it is there. */
    void create(JsonNode parameters) throws InterruptedException {
        requireAllowed(send("PUT", "?" + Urls.query(parameters), null));
    }

    /** @return when the database was made: another answer than before means it is another database */
    String ensureFullCommit() throws InterruptedException {
        return send("POST", "_ensure_full_commit", Json.object())
                .body()
                .path("instance_start_time")
                .asText();
    }

    Optional<ObjectNode> local(String id) throws InterruptedException {
        var answer = send("GET", "_local/" + id, null);
        requireAllowed(answer);
        return answer.isOk() ? Optional.of((ObjectNode) answer.body()) : Optional.empty();
    }

    /**
     * Writes a local document.
     *
     * @return its new revision; empty where someone else has written it meanwhile
     */
    Optional<String> putLocal(String id, ObjectNode document) throws InterruptedException {
        var answer = send("PUT", "_local/" + id, document);
        if (answer.isOk()) {
            return Optional.of(answer.body().path("rev").asText());
        }
        // The answer to an earlier attempt may have been lost.
        return local(id)
                .filter(there -> there.without("_rev").equals(document.without("_rev")))
                .map(there -> there.path("_rev").asText());
    }

    /** Which of the revisions, by document, are not there. */
    ObjectNode missing(ObjectNode revisions) throws InterruptedException {
        var answer = send("POST", "_revs_diff", revisions);
        if (!answer.isOk()) {
            throw Crash.of("{revs_diff_failed," + answer.asTerm() + "}");
        }
        return (ObjectNode) answer.body();
    }

    /** Rows of {@code _bulk_get} without attachments; none where the server has no such thing. */
    JsonNode bulkGet(ArrayNode wanted) throws InterruptedException {
        var answer = send("POST", "_bulk_get?latest=true&revs=true&attachments=false", object("docs", wanted));
        return answer.isOk() ? answer.body().path("results") : Json.array();
    }

    /** One leaf revision or, where it is a leaf no more, those that came of it; whole, with their attachments. */
    JsonNode openRevision(String id, String revision, JsonNode ancestors) throws InterruptedException {
        var query = "?revs=true&latest=true&attachments=true&open_revs="
                + Urls.encode(Json.array().add(revision).toString());
        var since = ancestors.isEmpty() ? "" : "&atts_since=" + Urls.encode(ancestors.toString());
        return send("GET", path(id) + query + since, null).body();
    }

    /** @return an error a document that was not written */
    Answer writeAll(ArrayNode documents) throws InterruptedException {
        var body = object("docs", documents).put("new_edits", false);
        var answer = send("POST", "_bulk_docs", body);
        if (!answer.isOk() && answer.status() != 413 && answer.status() != 417) {
            throw Crash.of("{bulk_docs_failed," + answer.asTerm() + "}");
        }
        return answer;
    }

    Answer write(ObjectNode document) throws InterruptedException {
        return send("PUT", path(document.path("_id").asText()) + "?new_edits=false", document);
    }

    /** The changes after {@code since} as they come. */
    InputStream changes(ReplicationSpec spec, JsonNode since) throws InterruptedException {
        var path = "_changes?" + spec.changesQuery() + "&since=" + sequence(since);
        var body = spec.changesBody();
        var response = exchange(body == null ? "GET" : "POST", path, body, BodyHandlers.ofInputStream());
        if (response.statusCode() == 200) {
            return response.body();
        }
        try (var in = response.body()) {
            var answer = new Answer(response.statusCode(), parsed(in.readAllBytes()));
            throw Crash.of("{changes_req_failed," + answer.asTerm() + "}");
        } catch (IOException e) {
            throw Crash.of("{changes_req_failed," + response.statusCode() + "}");
        }
    }

    private void requireAllowed(Answer answer) {
        if (answer.status() == 401) {
            throw endpoint.user() != null
                            && answer.body().path("reason").asText().equals("Name or password is incorrect.")
                    ? Crash.wrongPassword(endpoint)
                    : Crash.unauthorized(endpoint);
        }
        if (answer.status() == 403) {
            throw Crash.forbidden(endpoint);
        }
    }

    private Answer send(String method, String path, JsonNode body) throws InterruptedException {
        var response = exchange(method, path, body, BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), parsed(response.body()));
    }

    private <T> HttpResponse<T> exchange(String method, String path, JsonNode body, BodyHandler<T> handler)
            throws InterruptedException {
        var request = endpoint.request(path)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(Json.bytes(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        for (int attempt = 0; ; attempt++) {
            Crash failure;
            try {
                var response = http.send(request.build(), handler);
                if (response.statusCode() < 500 && !PASSING.contains(response.statusCode())) {
                    return response;
                }
                failure = Crash.of("{http_error_code," + response.statusCode() + ",<<\"" + method + " " + endpoint.url()
                        + path + "\">>}");
            } catch (IOException e) {
                failure = unreachable(method, endpoint.url() + path, e);
            }
            if (attempt >= retries) {
                throw failure;
            }
            Thread.sleep((long) FIRST_WAIT_MS << attempt);
        }
    }

    private static Crash unreachable(String method, String url, IOException e) {
        if (e instanceof ConnectException && e.getCause() instanceof UnknownHostException) {
            var reason = "could not resolve " + url;
            return new Crash("nxdomain: " + reason, new CouchError(500, "nxdomain", reason));
        }
        return Crash.unreachable(
                method,
                url,
                e instanceof ConnectException ? "{error,{conn_failed,{error,econnrefused}}}" : "sel_conn_closed");
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return Json.parse(body);
        } catch (CouchError notJson) {
            return Json.object();
        }
    }

    private static String path(String id) {
        return id.startsWith("_design/")
                ? "_design/" + Urls.encode(id.substring("_design/".length()))
                : Urls.encode(id);
    }

    private static String sequence(JsonNode sequence) {
        return Urls.encode(sequence.isTextual() ? sequence.textValue() : sequence.toString());
    }

    private static ObjectNode object(String name, JsonNode value) {
        return (ObjectNode) Json.object().set(name, value);
    }
}
