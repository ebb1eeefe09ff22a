package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.shopsync.couchdb.embedded.auth.Account;
import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.http.Response;
import io.shopsync.couchdb.embedded.http.Router;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.List;
import java.util.Optional;

/** {@code /_node/_local/_config}: settings, read and changed while the server runs. */
public final class NodeResource {
    private static final String NODE = "couchdb@127.0.0.1";

    private final Config config;

    private NodeResource(Config config) {
        this.config = config;
    }

    public static void register(Router router, Config config) {
        NodeResource resource = new NodeResource(config);
        router.server("GET", "_node", resource::route)
                .server("PUT", "_node", resource::route)
                .server("DELETE", "_node", resource::route);
    }

    private Response route(Request request) {
        List<String> path = request.path();
        String node = path.size() > 1 ? path.get(1) : "";
        if (!node.equals("_local") && !node.equals(NODE)) {
            throw new CouchError(412, "nodedown", node + " is down");
        }
        if (path.size() == 2) {
            return Response.json(200, Json.object().put("name", NODE));
        }
        if (!path.get(2).equals("_config")) {
            throw CouchError.notImplemented("Statistics of the node");
        }
        return switch (path.size()) {
            case 3 -> requireGet(request, all());
            case 4 -> requireGet(request, section(path.get(3)));
            case 5 -> value(request, path.get(3), path.get(4));
            default -> throw CouchError.notFound("missing");
        };
    }

    private static Response requireGet(Request request, JsonNode answer) {
        if (!request.method().equals("GET")) {
            throw CouchError.notAllowed("GET");
        }
        return Response.json(200, answer);
    }

    private ObjectNode all() {
        ObjectNode sections = Json.object();
        config.all().keySet().forEach(name -> sections.set(name, section(name)));
        return sections;
    }

    private ObjectNode section(String name) {
        ObjectNode section = Json.object();
        config.section(name).forEach(section::put);
        return section;
    }

    private Response value(Request request, String section, String key) {
        return switch (request.method()) {
            case "GET" -> answer(known(config.get(section, key)));
            case "PUT" -> {
                JsonNode value = request.json();
                if (!value.isTextual()) {
                    throw CouchError.badRequest("a JSON string expected");
                }
                boolean password =
                        section.equals("admins") && !value.textValue().startsWith("-");
                String kept = password ? Account.adminLine(value.textValue(), config) : value.textValue();
                yield answer(config.set(section, key, kept).orElse(""));
            }
            default -> answer(known(config.remove(section, key)));
        };
    }

    private static String known(Optional<String> value) {
        return value.orElseThrow(() -> CouchError.notFound("unknown_config_value"));
    }

    private static Response answer(String value) {
        return Response.json(200, TextNode.valueOf(value));
    }
}
