package io.shopsync.couchdb.embedded.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.ErlangTerm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The body of {@code _find}, checked as {@code mango_opts:validate_find/1} does and in its order.
 *
 * @param index what {@code use_index} names: nothing, a design document, or one and its index
 * @param bookmark as an earlier answer gave it, or null
 * @param sort the names to sort by, all in one direction
 * @param quorum {@code r}: above 1, documents count as read by a quorum
 */
record FindRequest(
        Selector selector,
        List<String> index,
        String bookmark,
        long limit,
        long skip,
        List<String> sort,
        boolean descending,
        Fields fields,
        long quorum,
        boolean conflicts,
        boolean executionStats,
        boolean allowFallback) {

    /** @throws CouchError 400 with what is wrong */
    static FindRequest parse(ObjectNode body, int defaultLimit) {
        var members = new Members(body);
        if (!body.has("selector")) {
            throw new CouchError(400, "missing_required_key", "Missing required key: selector");
        }
        var selector = members.read("selector", Selector::parse, null);
        var index = members.read("use_index", FindRequest::index, List.<String>of());
        var bookmark = members.read("bookmark", FindRequest::bookmark, null);
        long limit = members.read("limit", value -> integer(value, 0), (long) defaultLimit);
        long skip = members.read("skip", value -> integer(value, 0), 0L);
        var sort = members.read("sort", FindRequest::sort, new Sort(List.of(), false));
        var fields = members.read("fields", Fields::parse, Fields.ALL);
        members.read("partition", FindRequest::partition, null);
        long quorum = members.read("r", value -> integer(value, 1), 1L);
        boolean conflicts = members.read("conflicts", FindRequest::flag, false);
        members.read("stale", Function.identity(), null);
        members.read("update", FindRequest::flag, true);
        members.read("stable", FindRequest::flag, false);
        boolean stats = members.read("execution_stats", FindRequest::flag, false);
        boolean fallback = members.read("allow_fallback", FindRequest::flag, true);
        members.refuseOthers();
        return new FindRequest(
                selector,
                index,
                bookmark,
                limit,
                skip,
                sort.names(),
                sort.descending(),
                fields,
                quorum,
                conflicts,
                stats,
                fallback);
    }

    private static List<String> index(JsonNode value) {
        var names = value.isTextual()
                ? List.of(value.textValue().replaceFirst("^_design/", "").split("/", -1))
                : value.valueStream().map(JsonNode::textValue).toList();
        boolean fits = value.isNull() || value.isTextual() || (value.isArray() && !names.contains(null));
        if (!fits || names.size() > 2) {
            throw new CouchError(400, "invalid_index_name", "Invalid index name: " + ErlangTerm.plain(value));
        }
        return names;
    }

    private static String bookmark(JsonNode value) {
        if (!value.isTextual() && !value.isNull()) {
            throw new CouchError(400, "invalid_bookmark", "Invalid bookmark value: " + value);
        }
        return value.asText("").isEmpty() || value.isNull() ? null : value.textValue();
    }

    private static long integer(JsonNode value, long least) {
        if (value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= least) {
            return value.longValue();
        }
        throw least == 0
                ? new CouchError(
                        400,
                        "invalid_non_neg_integer",
                        ErlangTerm.plain(value) + " is not an integer greater than or equal to zero")
                : new CouchError(
                        400, "invalid_pos_integer", ErlangTerm.plain(value) + " is not an integer greater than zero");
    }

    private static boolean flag(JsonNode value) {
        if (!value.isBoolean()) {
            throw new CouchError(400, "invalid_boolean", "Invalid boolean value: " + ErlangTerm.plain(value));
        }
        return value.booleanValue();
    }

    private static JsonNode partition(JsonNode value) {
        throw CouchError.notImplemented("Partitions");
    }

    private static Sort sort(JsonNode value) {
        if (!value.isArray()) {
            throw new CouchError(
                    400, "invalid_sort_json", "Sort must be an array of sort specs, not: " + ErlangTerm.pretty(value));
        }
        var names = new ArrayList<String>();
        var directions = new HashSet<String>();
        for (var part : value) {
            var name = part.isObject() && part.size() == 1 ? part.fieldNames().next() : part.asText("");
            var direction = part.isObject() ? part.path(name).asText() : "asc";
            boolean named = part.isObject() ? part.size() == 1 : part.isTextual() && !name.isEmpty();
            if (!named || !Set.of("asc", "desc").contains(direction)) {
                throw new CouchError(400, "invalid_sort_field", "Invalid sort field: " + ErlangTerm.pretty(part));
            }
            names.add(name);
            directions.add(direction);
        }
        if (directions.size() > 1) {
            throw new CouchError(
                    400, "unsupported_mixed_sort", "Sorts currently only support a single direction for all fields.");
        }
        return new Sort(names, directions.contains("desc"));
    }

    private record Sort(List<String> names, boolean descending) {}

    /** The body's members, each of which must be read. */
    private static final class Members {
        private final ObjectNode body;
        private final Set<String> read = new HashSet<>();

        Members(ObjectNode body) {
            this.body = body;
        }

        <T> T read(String name, Function<JsonNode, T> reader, T absent) {
            read.add(name);
            return body.has(name) ? reader.apply(body.get(name)) : absent;
        }

        void refuseOthers() {
            body.fieldNames().forEachRemaining(name -> {
                if (!read.contains(name)) {
                    throw new CouchError(400, "invalid_key", "Invalid key " + name + " for this request.");
                }
            });
        }
    }
}
