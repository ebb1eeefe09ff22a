package io.shopsync.couchdb.embedded.replication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.query.Selector;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Digests;
import io.shopsync.couchdb.embedded.wire.Json;
import io.shopsync.couchdb.embedded.wire.Urls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is to be replicated, from where to where and how: the body of {@code _replicate} or a document of
 * {@code _replicator}, checked.
 *
 * @param options the members that CouchDB knows, as they were given
 */
record ReplicationSpec(Endpoint source, Endpoint target, ObjectNode options) {
    private static final Map<String, Map.Entry<Predicate<JsonNode>, String>> CHECKS = Map.of(
            "create_target", Map.entry(JsonNode::isBoolean, "a boolean"),
            "create_target_params", Map.entry(JsonNode::isObject, "a JSON object"),
            "winning_revs_only", Map.entry(JsonNode::isBoolean, "a boolean"),
            "continuous", Map.entry(JsonNode::isBoolean, "a boolean"),
            "use_bulk_get", Map.entry(JsonNode::isBoolean, "a boolean"),
            "query_params", Map.entry(JsonNode::isObject, "an object"),
            "doc_ids", Map.entry(value -> value.isArray() || value.isNull(), "an array"),
            "selector", Map.entry(JsonNode::isObject, "a JSON object"));
    private static final List<String> UNCHECKED = List.of(
            "filter",
            "since_seq",
            "use_checkpoints",
            "checkpoint_interval",
            "worker_batch_size",
            "retries_per_request");

    /** @throws CouchError what {@code _replicate} answers */
    static ReplicationSpec parse(ObjectNode body) {
        var options = Json.object();
        CHECKS.forEach((name, check) -> {
            var value = body.get(name);
            if (value != null && !check.getKey().test(value)) {
                throw CouchError.badRequest("parameter `" + name + "` must be " + check.getValue());
            }
        });
        Stream.concat(CHECKS.keySet().stream(), UNCHECKED.stream())
                .sorted()
                .filter(body::hasNonNull)
                .forEach(name -> options.set(name, body.get(name)));
        if (Stream.of("doc_ids", "filter", "selector").filter(options::has).count() > 1) {
            throw CouchError.badRequest("`doc_ids`,`filter`,`selector` are mutually exclusive");
        }
        if (options.has("selector")) {
            Selector.parse(options.get("selector"));
        }
        return new ReplicationSpec(Endpoint.parse(body.path("source")), Endpoint.parse(body.path("target")), options);
    }

    /**
     * Names the replication: checkpoints are kept under it, and no two jobs have the same. As in CouchDB it depends on
     * the server, both endpoints with the names of their users, and the filter.
     */
    String baseId(String serverUuid) {
        var identity = Json.array().add(serverUuid).add(source.identity()).add(target.identity());
        Stream.of("doc_ids", "filter", "query_params", "selector")
                .filter(options::has)
                .forEach(name -> identity.add(options.get(name)));
        if (flag("winning_revs_only", false)) {
            identity.add("winning_revs_only");
        }
        return Digests.hex("MD5", Json.bytes(identity));
    }

    /** The base id, and what makes a job another one though it shares the checkpoints. */
    String id(String serverUuid) {
        return baseId(serverUuid)
                + (continuous() ? "+continuous" : "")
                + (flag("create_target", false) ? "+create_target" : "");
    }

    boolean continuous() {
        return flag("continuous", false);
    }

    boolean flag(String name, boolean absent) {
        return options.path(name).asBoolean(absent);
    }

    int number(String name, int absent) {
        return options.path(name).asInt(absent);
    }

    Duration checkpointInterval() {
        return Duration.ofMillis(number("checkpoint_interval", 30_000));
    }

    /** The query string of {@code _changes}, but for {@code since}. */
    String changesQuery() {
        var query = Json.object();
        if (options.has("selector")) {
            query.put("filter", "_selector");
        } else if (options.has("doc_ids")) {
            query.put("filter", "_doc_ids");
        } else if (options.has("filter")) {
            query.set("filter", options.get("filter"));
            options.path("query_params").properties().forEach(each -> query.set(each.getKey(), each.getValue()));
        }
        if (continuous()) {
            query.put("timeout", 10_000);
        }
        return Urls.query(query.put("feed", continuous() ? "continuous" : "normal")
                .put("style", flag("winning_revs_only", false) ? "main_only" : "all_docs"));
    }

    /** What is posted to {@code _changes}; null where the query string says it all. */
    ObjectNode changesBody() {
        return Stream.of("selector", "doc_ids")
                .filter(options::has)
                .map(name -> (ObjectNode) Json.object().set(name, options.get(name)))
                .findFirst()
                .orElse(null);
    }
}
