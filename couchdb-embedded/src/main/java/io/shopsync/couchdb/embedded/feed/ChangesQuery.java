package io.shopsync.couchdb.embedded.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.document.StoredDocument.Contents;
import io.shopsync.couchdb.embedded.document.StoredDocument.View;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.query.Selector;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a client asks of a feed.
 *
 * @param heartbeat an empty line so often, and no end; null for none
 * @param timeout how long to wait for news, where there is no heartbeat
 * @param interval only each so many-th row tells its sequence
 * @param view how documents are shown, or null where they are not
 */
record ChangesQuery(
        Kind kind,
        long since,
        long limit,
        boolean descending,
        boolean allLeaves,
        Duration heartbeat,
        Duration timeout,
        long interval,
        View view,
        Filter filter) {
    private static final long NO_LIMIT = 1_000_000_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How a feed is told. */
    enum Kind {
        NORMAL,
        LONGPOLL,
        CONTINUOUS,
        EVENTSOURCE
    }

    /**
     * Source of defaults and refusals: {@code chttpd_db:parse_changes_query/1}.
     *
     * @throws CouchError 400
     */
    static ChangesQuery parse(Request request, Database database) {
        ObjectNode body = body(request);
        Kind kind = kind(request);
        boolean descending = request.isTrue("descending");
        String since =
                request.query("since").or(() -> request.query("last-event-id")).orElse("0");
        if (kind == Kind.EVENTSOURCE) {
            since = request.header("Last-Event-ID").orElse(since);
        }
        return new ChangesQuery(
                kind,
                descending ? 0 : Sequence.parse(database, since),
                number(request, "limit", NO_LIMIT),
                descending,
                style(request),
                heartbeat(request),
                Duration.ofMillis(Math.clamp(number(request, "timeout", Long.MAX_VALUE), 0, PATIENCE.toMillis())),
                interval(request),
                view(request, database),
                filter(request, body, database));
    }

    private static ObjectNode body(Request request) {
        if (request.method().equals("GET")) {
            return Json.object();
        }
        request.requireType("application/json");
        return request.body().length == 0 ? Json.object() : request.jsonObject();
    }

    boolean follows() {
        return kind != Kind.NORMAL;
    }

    private static Kind kind(Request request) {
        return switch (request.query("feed").orElse("normal")) {
            case "normal" -> Kind.NORMAL;
            case "longpoll" -> Kind.LONGPOLL;
            case "continuous", "live" -> Kind.CONTINUOUS;
            case "eventsource" -> Kind.EVENTSOURCE;
            default ->
                throw CouchError.badRequest("Supported `feed` types: normal, continuous, live, longpoll, eventsource");
        };
    }

    private static boolean style(Request request) {
        return switch (request.query("style").orElse("main_only")) {
            case "main_only" -> false;
            case "all_docs" -> true;
            default -> throw CouchError.badRequest("Supported `style` values: main_only, all_docs");
        };
    }

    private static Duration heartbeat(Request request) {
        String value = request.query("heartbeat").orElse(null);
        if (value == null) {
            return null;
        }
        if (value.equals("true")) {
            return PATIENCE;
        }
        long milliseconds;
        try {
            milliseconds = Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw CouchError.badRequest(
                    "Invalid heartbeat value. Expecting a positive integer value (in milliseconds).");
        }
        if (milliseconds <= 0) {
            throw CouchError.badRequest("The heartbeat value should be a positive integer (in milliseconds).");
        }
        return Duration.ofMillis(Math.min(milliseconds, PATIENCE.toMillis()));
    }

    private static long interval(Request request) {
        try {
            long interval = Long.parseLong(request.query("seq_interval").orElse("1"));
            if (interval > 0) {
                return interval;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number that is too small.
        }
        throw CouchError.badRequest("invalid_seq_interval");
    }

    private static View view(Request request, Database database) {
        if (!request.isTrue("include_docs")) {
            return null;
        }
        boolean encoding = request.isTrue("att_encoding_info");
        boolean contents = request.isTrue("attachments");
        return View.of(
                request.isTrue("conflicts"),
                new Contents((document, attachment) -> contents, database.documents()::content, encoding, false));
    }

    private static Filter filter(Request request, ObjectNode body, Database database) {
        String name = request.query("filter").orElse("");
        return switch (name) {
            case "" -> Filter.NONE;
            case "_design" -> Filter.DESIGN;
            case "_doc_ids" -> Filter.ids(ids(request, body));
            case "_selector" -> {
                if (!request.method().equals("POST")) {
                    throw CouchError.badRequest("Selector must be specified in POST payload");
                }
                if (!body.path("selector").isObject()) {
                    throw CouchError.badRequest("Selector error: expected a JSON object");
                }
                yield selecting(body.get("selector"));
            }
            case "_view" ->
                throw request.query("view")
                        .map(view -> function(database, view, "views"))
                        .orElseGet(() -> CouchError.badRequest("`view` filter parameter is not provided."));
            default ->
                throw name.startsWith("_")
                        ? CouchError.badRequest("unknown builtin filter name")
                        : function(database, name, "filters");
        };
    }

    private static Filter selecting(JsonNode selector) {
        try {
            return Filter.selecting(Selector.parse(selector));
        } catch (CouchError e) {
            throw CouchError.badRequest(e.reason());
        }
    }

    /** What is answered to a function of a design document: that it is not there, or that it is not run here. */
    private static CouchError function(Database database, String name, String member) {
        String[] parts = name.split("/", -1);
        if (parts.length != 2) {
            return CouchError.badRequest("`filter` must be of the form `designname/filtername`");
        }
        JsonNode found = database.documents().node("_design/" + parts[0]).orElse(null);
        if (found == null) {
            return CouchError.notFound("missing");
        }
        for (String key : new String[] {member, parts[1]}) {
            if (!found.has(key)) {
                return CouchError.notFound("missing json key: " + key);
            }
            found = found.get(key);
        }
        return CouchError.notImplemented("Filter functions and views");
    }

    private static Set<String> ids(Request request, ObjectNode body) {
        JsonNode ids = request.method().equals("POST")
                ? body.path("doc_ids")
                : request.query("doc_ids").map(Json::parse).orElse(Json.object());
        Set<String> wanted = new LinkedHashSet<>();
        boolean texts = ids.isArray() && ids.valueStream().allMatch(JsonNode::isTextual);
        if (!texts) {
            throw CouchError.badRequest("`doc_ids` filter parameter is not a list of doc ids.");
        }
        ids.forEach(id -> wanted.add(id.textValue()));
        return wanted;
    }

    private static long number(Request request, String name, long absent) {
        try {
            return request.query(name).map(Long::parseLong).orElse(absent);
        } catch (NumberFormatException e) {
            throw CouchError.badRequest("Invalid value for `" + name + "`: expecting an integer.");
        }
    }
}
