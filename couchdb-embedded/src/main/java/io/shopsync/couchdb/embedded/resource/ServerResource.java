package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.http.Response;
import io.shopsync.couchdb.embedded.http.Router;
import io.shopsync.couchdb.embedded.store.Databases;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The server itself: {@code /}, {@code _up}, {@code _uuids}, and the lists of databases. */
public final class ServerResource {
    private static final int MAX_UUIDS = 1000;
    private static final int MAX_INFOS = 100;

    private final Databases databases;
    private final Config config;

    private ServerResource(Databases databases, Config config) {
        this.databases = databases;
        this.config = config;
    }

    public static void register(Router router, Databases databases, Config config) {
        ServerResource resource = new ServerResource(databases, config);
        router.root(resource::welcome)
                .server(
                        "GET",
                        "_up",
                        request -> Response.json(
                                200, Json.object().put("status", "ok").set("seeds", Json.object())))
                .server("GET", "_uuids", ServerResource::uuids)
                .server("GET", "_all_dbs", resource::allDatabases)
                .server("GET", "_dbs_info", resource::someInfos)
                .server("POST", "_dbs_info", resource::namedInfos)
                .server("GET", "_membership", request -> membership());
    }

    private Response welcome(Request request) {
        ObjectNode welcome = Json.object()
                .put("couchdb", "Welcome")
                .put("version", "3.5.0")
                .put("git_sha", "embedded")
                .put("uuid", config.get("couchdb", "uuid", ""));
        List.of("access-ready", "scheduler").forEach(welcome.putArray("features")::add);
        welcome.putObject("vendor").put("name", "shopsync-embedded");
        return Response.json(200, welcome);
    }

    private static Response uuids(Request request) {
        int count;
        try {
            count = Integer.parseInt(request.query("count").orElse("1"));
        } catch (NumberFormatException e) {
            throw CouchError.badRequest("count must be a positive integer");
        }
        if (count > MAX_UUIDS || count < 0) {
            throw CouchError.badRequest(count < 0 ? "count must be a positive integer" : "count parameter too large");
        }
        ObjectNode answer = Json.object();
        ArrayNode uuids = answer.putArray("uuids");
        for (int i = 0; i < count; i++) {
            uuids.add(Uuids.next());
        }
        return Response.json(200, answer).header("Cache-Control", "no-cache");
    }

    private Response allDatabases(Request request) {
        ArrayNode names = Json.array();
        names(request).forEach(names::add);
        return Response.json(200, names);
    }

    private Collection<String> names(Request request) {
        RangeQuery query = RangeQuery.parse(request);
        NavigableSet<String> all = new TreeSet<>(databases.all().keySet());
        return (query.descending() ? all.descendingSet() : all)
                .stream()
                        .filter(query::contains)
                        .skip(query.skip())
                        .limit(query.limit())
                        .toList();
    }

    private Response someInfos(Request request) {
        return infos(names(request).stream().map(TextNode::valueOf).toList());
    }

    private Response namedInfos(Request request) {
        JsonNode keys = request.jsonObject().path("keys");
        if (keys.isMissingNode()) {
            throw CouchError.badRequest("`keys` member must exist.");
        }
        if (!keys.isArray()) {
            throw CouchError.badRequest("`keys` member must be an array.");
        }
        if (keys.size() > config.number("chttpd", "max_db_number_for_dbs_info_req", MAX_INFOS)) {
            throw CouchError.badRequest("too_many_keys");
        }
        return infos(keys);
    }

    private Response infos(Iterable<? extends JsonNode> names) {
        ArrayNode infos = Json.array();
        for (JsonNode name : names) {
            ObjectNode row = infos.addObject();
            row.set("key", name);
            if (databases.exists(name.asText())) {
                row.set("info", DatabaseResource.info(databases.get(name.asText())));
            } else {
                row.put("error", "not_found");
            }
        }
        return Response.json(200, infos);
    }

    private static Response membership() {
        ObjectNode answer = Json.object();
        answer.putArray("all_nodes").add("couchdb@127.0.0.1");
        answer.putArray("cluster_nodes").add("couchdb@127.0.0.1");
        return Response.json(200, answer);
    }
}
