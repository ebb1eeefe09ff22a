package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

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
    private static final Set<String> KEYS = Set.of("key", "keys", "startkey", "start_key", "endkey", "end_key");

    /** What the query string says; where it says nothing, what a body says. @throws CouchError 400 */
    static RangeQuery parse(Request request) {
        boolean post = request.method().equals("POST");
        ObjectNode said = post ? request.jsonObject().deepCopy() : Json.object();
        request.query().forEach((name, value) -> {
            if (!post || !name.equals("keys")) {
                said.set(name, KEYS.contains(name) ? Json.parse(value) : TextNode.valueOf(value));
            }
        });
        return of(said, post ? "body member" : "parameter");
    }

    /** One of {@code queries}: one key alone is a range of one, as in CouchDB. */
    static RangeQuery parse(JsonNode query) {
        if (query.path("keys") instanceof ArrayNode keys && keys.size() == 1) {
            requireOneWay(query);
            ObjectNode range = query.deepCopy();
            range.remove("keys");
            return of(range.set("key", keys.get(0)), "");
        }
        return of(query, "body member");
    }

    private static RangeQuery of(JsonNode said, String where) {
        JsonNode keys = said.path("keys");
        boolean given = !keys.isMissingNode() && !keys.isNull();
        if (given && !keys.isArray()) {
            throw CouchError.badRequest("`keys` " + where + " must be an array.");
        }
        requireOneWay(said);
        return new RangeQuery(
                bound(said, "key", "startkey", "start_key"),
                bound(said, "key", "endkey", "end_key"),
                flag(said, "inclusive_end", true),
                flag(said, "descending", false),
                number(said, "skip", 0),
                number(said, "limit", Long.MAX_VALUE),
                flag(said, "include_docs", false),
                flag(said, "conflicts", false),
                flag(said, "attachments", false),
                flag(said, "update_seq", false),
                given ? keys.valueStream().toList() : null);
    }

    /** Keys go with no bounds, but for one key alone that is both of them. */
    private static void requireOneWay(JsonNode said) {
        JsonNode keys = said.path("keys");
        boolean bounded = KEYS.stream()
                .filter(name -> said.has(name) && !name.equals("keys"))
                .anyMatch(name -> keys.size() != 1 || !said.get(name).equals(keys.get(0)));
        if (bounded && !keys.isEmpty()) {
            throw invalid("`keys` is incompatible with `key`, `start_key` and `end_key`");
        }
    }

    private static String bound(JsonNode said, String... names) {
        return Stream.of(names)
                .map(said::get)
                .filter(Objects::nonNull)
                .findFirst()
                .map(key -> key.isTextual() ? key.textValue() : "")
                .orElse(null);
    }

    private static boolean flag(JsonNode said, String name, boolean absent) {
        String value = said.has(name) ? said.get(name).asText() : Boolean.toString(absent);
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid("Invalid boolean parameter: \"" + value + "\"");
        };
    }

    private static long number(JsonNode said, String name, long absent) {
        if (!said.has(name)) {
            return absent;
        }
        String value = said.get(name).asText();
        try {
            long number = Long.parseLong(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw invalid("Invalid value for integer: \"" + value + "\"");
        }
        throw invalid("Invalid value for positive integer: \"" + value + "\"");
    }

    private static CouchError invalid(String reason) {
        return new CouchError(400, "query_parse_error", reason);
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
