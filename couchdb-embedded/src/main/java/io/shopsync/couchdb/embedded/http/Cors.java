package io.shopsync.couchdb.embedded.http;

import io.shopsync.couchdb.embedded.config.Config;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Cross-origin requests of browsers, by the settings of {@code [cors]}. Off unless {@code [chttpd] enable_cors}. */
final class Cors {
    private static final String METHODS = "CONNECT, COPY, DELETE, GET, HEAD, OPTIONS, POST, PUT, TRACE";
    private static final String HEADERS = "accept, accept-language, authorization, content-length, content-range,"
            + " content-type, destination, expires, if-match, last-modified, origin, pragma, x-couch-full-commit,"
            + " x-couch-id, x-couch-persist, x-couchdb-www-authenticate, x-http-method-override,"
            + " x-requested-with, x-couchdb-vhost-path";
    private static final String SIMPLE = "content-type, cache-control, ";
    private static final String EXPOSED =
            "accept-ranges, etag, server, x-couch-request-id, x-couch-update-newrev, x-couchdb-body-time";
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

    private final Config config;

    Cors(Config config) {
        this.config = config;
    }

    /** The answer to a preflight request; empty when this is none, or asks for what is not allowed. */
    Optional<Response> preflight(Request request) {
        Optional<String> method = request.header("Access-Control-Request-Method");
        if (!request.originalMethod().equals("OPTIONS") || method.isEmpty() || !allows(request)) {
            return Optional.empty();
        }
        String methods = config.get("cors", "methods", METHODS);
        String asked = request.header("Access-Control-Request-Headers").orElse("");
        // Names of headers are the same in any case; those of methods are not, nor are origins.
        Set<String> allowed =
                Set.copyOf(split(config.get("cors", "headers", HEADERS).toLowerCase(Locale.ROOT)));
        if (!split(methods).contains(method.get()) || !allowed.containsAll(split(asked.toLowerCase(Locale.ROOT)))) {
            return Optional.empty();
        }
        Response response = Response.empty(204)
                .header("Access-Control-Max-Age", config.get("cors", "max_age", "600"))
                .header("Access-Control-Allow-Methods", methods)
                .header("Access-Control-Allow-Headers", asked);
        return Optional.of(withOrigin(request, response));
    }

    /** The answer with what lets a page of this origin read it. */
    Response apply(Request request, Response response) {
        return allows(request)
                ? withOrigin(request, response)
                        .header(
                                "Access-Control-Expose-Headers",
                                SIMPLE + config.get("cors", "exposed_headers", EXPOSED))
                : response;
    }

    private Response withOrigin(Request request, Response response) {
        response.header(ALLOW_ORIGIN, request.header("Origin").orElseThrow());
        return config.flag("cors", "credentials", false)
                ? response.header("Access-Control-Allow-Credentials", "true")
                : response;
    }

    private boolean allows(Request request) {
        Optional<String> origin = request.header("Origin");
        if (origin.isEmpty() || !config.flag("chttpd", "enable_cors", false)) {
            return false;
        }
        List<String> origins = split(config.get("cors", "origins", ""));
        return origins.contains("*") || origins.contains(origin.get());
    }

    private static List<String> split(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
