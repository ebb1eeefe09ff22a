package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A range of ids as views are asked for one: in the query string, or as an object in a body. Keys are JSON; what is no
 * string sorts before all ids.
 *
 * @param start where to begin, in the direction asked for; null for no bound
 * @param end where to end
 * @param keys ids to look up instead of a range, or null
 */
record RangeQuery(
        String start,
        String end,
        boolean inclusiveEnd,
        boolean descending,
        long skip,
        long limit,
        boolean includeDocs,
        boolean conflicts,
        boolean attachments,
        boolean updateSeq,
        List<JsonNode> keys) {
    private static final String BEFORE_ALL = "";

    /** Where parameters come from. */
    private record Source(Function<String, JsonNode> json, Function<String, JsonNode> plain) {
        static Source of(Request request) {
            return new Source(
                    name -> request.query(name).map(Json::parse).orElse(null),
                    name -> request.query(name)
                            .map(value -> (JsonNode) Json.array().textNode(value))
                            .orElse(null));
        }

        static Source of(JsonNode object) {
            return new Source(object::get, object::get);
        }

        Source or(Source other) {
            return new Source(first(json, other.json), first(plain, other.plain));
        }

        private static Function<String, JsonNode> first(
                Function<String, JsonNode> one, Function<String, JsonNode> other) {
            return name -> Optional.ofNullable(one.apply(name)).orElseGet(() -> other.apply(name));
        }

        JsonNode key(String... names) {
            for (String name : names) {
                JsonNode value = json.apply(name);
                if (value != null) {
                    return value;
                }
            }
            return null;
        }

        boolean flag(String name, boolean absent) {
            JsonNode value = plain.apply(name);
            if (value == null) {
                return absent;
            }
            return switch (value.asText()) {
                case "true" -> true;
                case "false" -> false;
                default -> throw invalid("Invalid boolean parameter: \"" + value.asText() + "\"");
            };
        }

        long number(String name, long absent) {
            JsonNode value = plain.apply(name);
            if (value == null) {
                return absent;
            }
            long number;
            try {
                number = Long.parseLong(value.asText());
            } catch (NumberFormatException e) {
                throw invalid("Invalid value for integer: \"" + value.asText() + "\"");
            }
            if (number < 0) {
                throw invalid("Invalid value for positive integer: \"" + value.asText() + "\"");
            }
            return number;
        }

        private static CouchError invalid(String reason) {
            return new CouchError(400, "query_parse_error", reason);
        }
    }

    /** What the query string says; where it says nothing, what a body says. @throws CouchError 400 */
    static RangeQuery parse(Request request) {
        Source query = Source.of(request);
        if (request.method().equals("POST")) {
            ObjectNode body = request.jsonObject();
            return of(query.or(Source.of(body)), body.get("keys"), "body member");
        }
        return of(query, query.key("keys"), "parameter");
    }

    /** One of {@code queries}: one key alone is a range of one, as in CouchDB. */
    static RangeQuery parse(JsonNode query) {
        JsonNode keys = query.path("keys");
        if (keys.size() == 1) {
            return of(Source.of(query).or(Source.of(Json.object().set("key", keys.get(0)))), null, "");
        }
        return of(Source.of(query), query.get("keys"), "body member");
    }

    private static RangeQuery of(Source source, JsonNode keys, String where) {
        JsonNode key = source.key("key");
        JsonNode start = key == null ? source.key("startkey", "start_key") : key;
        JsonNode end = key == null ? source.key("endkey", "end_key") : key;
        RangeQuery query = new RangeQuery(
                bound(start),
                bound(end),
                source.flag("inclusive_end", true),
                source.flag("descending", false),
                source.number("skip", 0),
                source.number("limit", Long.MAX_VALUE),
                source.flag("include_docs", false),
                source.flag("conflicts", false),
                source.flag("attachments", false),
                source.flag("update_seq", false),
                null);
        return query.with(keys, where);
    }

    private RangeQuery with(JsonNode wanted, String where) {
        if (wanted == null || wanted.isNull()) {
            return this;
        }
        if (!wanted.isArray()) {
            throw CouchError.badRequest("`keys` " + where + " must be an array.");
        }
        List<JsonNode> ids = new ArrayList<>();
        wanted.forEach(ids::add);
        return new RangeQuery(
                start, end, inclusiveEnd, descending, skip, limit, includeDocs, conflicts, attachments, updateSeq, ids);
    }

    private static String bound(JsonNode key) {
        if (key == null) {
            return null;
        }
        if (key.isTextual()) {
            return key.textValue();
        }
        return BEFORE_ALL;
    }

    /** The lower bound, whatever the direction. */
    String lowest() {
        return descending ? end : start;
    }

    String highest() {
        return descending ? start : end;
    }

    boolean contains(String id) {
        boolean notBefore = lowest() == null || id.compareTo(lowest()) >= 0;
        boolean notBehind = highest() == null || id.compareTo(highest()) <= 0;
        return notBefore && notBehind && !isExcludedEnd(id);
    }

    boolean isExcludedEnd(String id) {
        return !inclusiveEnd && id.equals(end);
    }
}
