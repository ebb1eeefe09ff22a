package io.shopsync.couchdb.embedded.http;

import io.shopsync.couchdb.embedded.store.Databases;
import io.shopsync.couchdb.embedded.wire.CouchError;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds who answers a request: by its first part, or for databases by its second. A method that is not known there is
 * answered 405 with the list of those that are.
 */
public final class Router {
    private static final String ITSELF = "";

    private final Databases databases;
    private final Map<String, Map<String, Handler>> server = new HashMap<>();
    private final Map<String, Map<String, Handler.OfDatabase>> database = new HashMap<>();
    private final Map<String, Handler> databaseItself = new LinkedHashMap<>();
    private Handler.OfDatabase documents;

    public Router(Databases databases) {
        this.databases = databases;
    }

    /** {@code /segment} and all below it, for instance {@code ("POST", "_replicate", …)}. */
    public Router server(String method, String segment, Handler handler) {
        server.computeIfAbsent(segment, s -> new LinkedHashMap<>()).put(method, handler);
        return this;
    }

    /** {@code /{db}/segment} and all below it, for instance {@code ("POST", "_find", …)}. */
    public Router database(String method, String segment, Handler.OfDatabase handler) {
        database.computeIfAbsent(segment, s -> new LinkedHashMap<>()).put(method, handler);
        return this;
    }

    /** {@code /} alone. */
    public Router root(Handler handler) {
        return server("GET", ITSELF, handler);
    }

    /** {@code /{db}} alone; the database may not exist. */
    public Router databaseItself(String method, Handler handler) {
        databaseItself.put(method, handler);
        return this;
    }

    /** Everything below a database that no other handler takes: documents and attachments. */
    public Router documents(Handler.OfDatabase handler) {
        documents = handler;
        return this;
    }

    Response route(Request request) throws InterruptedException {
        List<String> path = request.path();
        String first = path.isEmpty() ? ITSELF : path.getFirst();
        if (server.containsKey(first)) {
            return choose(server.get(first), request).handle(request);
        }
        if (path.size() == 1) {
            if (!databaseItself.containsKey(request.method())) {
                // CouchDB does not count PUT among them.
                throw CouchError.notAllowed("DELETE,GET,HEAD,POST");
            }
            return databaseItself.get(request.method()).handle(request);
        }
        Map<String, Handler.OfDatabase> handlers = database.get(path.get(1));
        var chosen = handlers == null ? documents : choose(handlers, request);
        return chosen.handle(request, databases.get(first));
    }

    private static <H> H choose(Map<String, H> handlers, Request request) {
        H handler = handlers.get(request.method());
        if (handler == null) {
            throw CouchError.notAllowed(handlers.keySet().stream()
                    .map(method -> method.equals("GET") ? "GET,HEAD" : method)
                    .collect(Collectors.joining(",")));
        }
        return handler;
    }
}
