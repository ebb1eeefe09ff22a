package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A range of ids as views are asked for one: in the query string, or as an object in a body. Keys are JSON; what is no
 * string sorts before all ids ({@code null}, numbers) or behind them (arrays, objects).
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
        List<String> keys) {
    private static final String BEFORE_ALL = "";
    private static final String BEHIND_ALL = "\uffff\uffff";

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

    /** @throws CouchError 400 */
    static RangeQuery parse(Request request) {
        RangeQuery query = of(Source.of(request), "parameter");
        if (request.method().equals("POST")) {
            ObjectNode body = request.jsonObject();
            return query.with(body.get("keys"), "body member");
        }
        return query;
    }

    /** One of {@code queries}. */
    static RangeQuery parse(JsonNode query) {
        return of(Source.of(query), "body member");
    }

    private static RangeQuery of(Source source, String where) {
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
        return query.with(source.key("keys"), where);
    }

    private RangeQuery with(JsonNode wanted, String where) {
        if (wanted == null || wanted.isNull()) {
            return this;
        }
        if (!wanted.isArray()) {
            throw CouchError.badRequest("`keys` " + where + " must be an array.");
        }
        List<String> ids = new ArrayList<>();
        wanted.forEach(id -> ids.add(id.isTextual() ? id.textValue() : id.toString()));
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
        return key.isContainerNode() ? BEHIND_ALL : BEFORE_ALL;
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
