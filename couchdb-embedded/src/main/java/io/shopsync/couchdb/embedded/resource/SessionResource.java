package io.shopsync.couchdb.embedded.resource;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.embedded.auth.Authenticator;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.http.Response;
import io.shopsync.couchdb.embedded.http.Router;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.net.URLDecoder;
import java.util.Optional;

/** {@code _session}: who one is, logging in for a cookie, and out. */
public final class SessionResource {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Authenticator authenticator;

    private SessionResource(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    public static void register(Router router, Authenticator authenticator) {
        var resource = new SessionResource(authenticator);
        router.server("GET", "_session", resource::whoAmI)
                .server("POST", "_session", resource::login)
                .server("DELETE", "_session", resource::logout);
    }

    private Response whoAmI(Request request) {
        var user = request.user();
        if (user.name() == null && request.flag("basic", false)) {
            throw CouchError.unauthorized("Please login.");
        }
        var answer = Json.object().put("ok", true);
        answer.set("userCtx", user.toJson());
        var info = answer.putObject("info");
        authenticator.handlers().forEach(info.putArray("authentication_handlers")::add);
        if (user.handler() != null) {
            info.put("authenticated", user.handler());
        }
        return Response.json(200, answer);
    }

    private Response login(Request request) {
        var form = form(request);
        var name = name(form);
        try {
            var account = authenticator.login(name, form.path("password").asText(""), request.peer());
            var answer = Json.object().put("ok", true).put("name", name);
            account.roles().forEach(answer.putArray("roles")::add);
            return redirected(request, "next", Response.json(200, answer))
                    .header("Set-Cookie", authenticator.sessions().begin(account));
        } catch (CouchError refused) {
            if (refused.status() != 401) {
                throw refused;
            }
            return redirected(request, "fail", Response.error(refused))
                    .header("Set-Cookie", authenticator.sessions().end());
        }
    }

    private Response logout(Request request) {
        return redirected(request, "next", Response.ok(200))
                .header("Set-Cookie", authenticator.sessions().end());
    }

    /** Where the client asks to be sent on, it is. */
    private static Response redirected(Request request, String parameter, Response plain) {
        return request.query(parameter)
                .map(path -> Response.empty(302).header("Location", request.base() + path))
                .orElse(plain);
    }

    private static String name(JsonNode form) {
        var name = Optional.ofNullable(form.get("name")).map(JsonNode::asText);
        var username = Optional.ofNullable(form.get("username")).map(JsonNode::asText);
        if (name.isPresent() && username.isPresent() && !name.equals(username)) {
            throw CouchError.badRequest("request body contains different usernames");
        }
        return name.or(() -> username).orElseThrow(() -> CouchError.badRequest("request body must contain a username"));
    }

    private static JsonNode form(Request request) {
        var type = request.header("Content-Type").orElse("");
        if (type.startsWith("application/json")) {
            return request.jsonObject();
        }
        if (!type.startsWith(FORM)) {
            throw new CouchError(415, "bad_content_type", "Content-Type must be '" + FORM + "' or 'application/json'");
        }
        var form = Json.object();
        for (var pair : new String(request.body(), UTF_8).split("&", -1)) {
            var parts = pair.split("=", 2);
            form.put(URLDecoder.decode(parts[0], UTF_8), parts.length > 1 ? URLDecoder.decode(parts[1], UTF_8) : "");
        }
        return form;
    }
}
