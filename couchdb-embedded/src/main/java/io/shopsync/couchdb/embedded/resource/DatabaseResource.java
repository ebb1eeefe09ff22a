package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.feed.Sequence;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.http.Response;
import io.shopsync.couchdb.embedded.http.Router;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.store.Databases;
import io.shopsync.couchdb.embedded.store.Security;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import io.shopsync.couchdb.embedded.wire.Urls;

/** Databases as a whole: made, described, secured, compacted, deleted. */
public final class DatabaseResource {
    private final Databases databases;

    private DatabaseResource(Databases databases) {
        this.databases = databases;
    }

    public static void register(Router router, Databases databases) {
        DatabaseResource resource = new DatabaseResource(databases);
        router.databaseItself("DELETE", resource::delete)
                .databaseItself("GET", request -> Response.json(200, info(resource.of(request))))
                .databaseItself("PUT", resource::create)
                .database("PUT", "_security", DatabaseResource::secure)
                .database(
                        "GET",
                        "_security",
                        (request, database) ->
                                Response.json(200, database.security().json()))
                .database("PUT", "_revs_limit", DatabaseResource::limitRevisions)
                .database(
                        "GET",
                        "_revs_limit",
                        (request, database) -> Response.json(
                                200, IntNode.valueOf(database.state().revsLimit())))
                .database("POST", "_compact", DatabaseResource::compact)
                .database("POST", "_view_cleanup", (request, database) -> accepted(request))
                .database("POST", "_ensure_full_commit", DatabaseResource::commit)
                .database(
                        "GET", "_purged_infos_limit", (request, database) -> Response.json(200, IntNode.valueOf(1000)))
                .database("GET", "_shards", (request, database) -> shards());
    }

    private Database of(Request request) {
        return databases.get(request.path().getFirst());
    }

    private Response create(Request request) {
        for (String name : new String[] {"q", "n"}) {
            boolean positive = request.query(name)
                    .map(value -> value.matches("[1-9][0-9]{0,8}"))
                    .orElse(true);
            if (!positive) {
                throw CouchError.badRequest("The `" + name + "` value should be a positive integer.");
            }
        }
        if (request.flag("partitioned", false)) {
            throw CouchError.notImplemented("Partitions");
        }
        databases.create(request.path().getFirst());
        return Response.ok(201)
                .header("Location", request.base() + Urls.path(request.path().getFirst()));
    }

    private Response delete(Request request) {
        if (request.query("rev").isPresent()) {
            throw CouchError.badRequest("You tried to DELETE a database with a ?=rev parameter. "
                    + "Did you mean to DELETE a document instead?");
        }
        databases.delete(request.path().getFirst());
        return Response.ok(200);
    }

    /** What {@code GET /{db}} tells. */
    static ObjectNode info(Database database) {
        ObjectNode info = Json.object()
                .put("instance_start_time", Long.toString(database.state().created()))
                .put("db_name", database.name())
                .put("purge_seq", Sequence.format(database, database.state().purges()))
                .put("update_seq", Sequence.format(database, database.updateSequence()));
        info.putObject("sizes")
                .put("file", database.state().stored())
                .put("external", database.state().live())
                .put("active", database.state().live());
        info.putObject("props");
        info.put("doc_del_count", database.documents().deletedCount())
                .put("doc_count", database.documents().count())
                .put("disk_format_version", 8)
                .put("compact_running", false);
        info.putObject("cluster").put("q", 1).put("n", 1).put("w", 1).put("r", 1);
        return info;
    }

    private static Response secure(Request request, Database database) {
        if (database.name().equals("_users")) {
            throw CouchError.forbidden("You can't edit the security object of the user database.");
        }
        database.setSecurity(request.json(), request.user());
        return Response.ok(200);
    }

    private static Response limitRevisions(Request request, Database database) {
        JsonNode limit = request.json();
        if (!database.security().isAdmin(request.user())) {
            CouchError error = Security.notAdmin(request.user());
            throw new CouchError(500, "badmatch", "{error,{" + error.error() + ",<<\"" + error.reason() + "\">>}}");
        }
        if (!limit.isInt() || limit.intValue() <= 0) {
            // CouchDB breaks here with a 500.
            throw CouchError.badRequest("`revs_limit` must be a positive integer");
        }
        database.setRevsLimit(limit.intValue());
        return Response.ok(200);
    }

    private static Response compact(Request request, Database database) {
        Response accepted = accepted(request);
        if (request.path().size() == 2) {
            database.compact();
        }
        return accepted;
    }

    private static Response accepted(Request request) {
        request.requireType("application/json");
        return Response.ok(202);
    }

    private static Response commit(Request request, Database database) {
        request.requireType("application/json");
        return Response.json(
                201,
                Json.object()
                        .put("ok", true)
                        .put(
                                "instance_start_time",
                                Long.toString(database.state().created())));
    }

    private static Response shards() {
        ObjectNode answer = Json.object();
        answer.putObject("shards").putArray("00000000-ffffffff").add("couchdb@127.0.0.1");
        return Response.json(200, answer);
    }
}
