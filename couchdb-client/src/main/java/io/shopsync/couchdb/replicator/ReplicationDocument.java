package io.shopsync.couchdb.replicator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A replication job.
 *
 * @param rev the revision this replaces or was read at; empty for a new one
 * @param selector only documents that match this Mango selector
 * @param settings further settings of CouchDB's, such as {@code checkpoint_interval}
 * @param finalState what CouchDB writes into the document when the job has ended: {@code completed} or {@code failed}
 * @param finalReason why it failed
 */
public record ReplicationDocument(
        String id,
        Optional<String> rev,
        Endpoint source,
        Endpoint target,
        boolean continuous,
        Optional<JsonNode> selector,
        Map<String, JsonNode> settings,
        Optional<String> finalState,
        Optional<String> finalReason) {

    private static final Set<String> OWN = Set.of("source", "target", "continuous", "selector", "owner", "user_ctx");

    public ReplicationDocument {
        Objects.requireNonNull(id, "id");
        settings = Map.copyOf(settings);
    }

    /** A new job. */
    public static ReplicationDocument create(String id, Endpoint source, Endpoint target, boolean continuous) {
        return new ReplicationDocument(
                id,
                Optional.empty(),
                source,
                target,
                continuous,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same for documents that match {@code wanted} alone. */
    public ReplicationDocument matching(JsonNode wanted) {
        return new ReplicationDocument(
                id, rev, source, target, continuous, Optional.of(wanted), settings, finalState, finalReason);
    }

    /** The same with further settings of CouchDB's. */
    public ReplicationDocument with(Map<String, JsonNode> further) {
        var all = new TreeMap<>(settings);
        all.putAll(further);
        return new ReplicationDocument(id, rev, source, target, continuous, selector, all, finalState, finalReason);
    }

    /** The same, to replace revision {@code current}. */
    public ReplicationDocument replacing(String current) {
        return new ReplicationDocument(
                id, Optional.of(current), source, target, continuous, selector, settings, finalState, finalReason);
    }

    /** As CouchDB takes it: without what only CouchDB writes. */
    public ObjectNode toJson() {
        var json = JsonNodeFactory.instance.objectNode().put("_id", id);
        rev.ifPresent(current -> json.put("_rev", current));
        json.set("source", source.toJson());
        json.set("target", target.toJson());
        json.put("continuous", continuous);
        selector.ifPresent(wanted -> json.set("selector", wanted));
        new TreeMap<>(settings).forEach(json::set);
        return json;
    }

    /** What a document of a replicator database says. */
    public static ReplicationDocument of(ObjectNode json) {
        var settings = new TreeMap<String, JsonNode>();
        for (var member : json.properties()) {
            if (!member.getKey().startsWith("_") && !OWN.contains(member.getKey())) {
                settings.put(member.getKey(), member.getValue());
            }
        }
        return new ReplicationDocument(
                json.path("_id").asText(),
                Optional.ofNullable(json.path("_rev").textValue()),
                Endpoint.of(json.path("source")),
                Endpoint.of(json.path("target")),
                json.path("continuous").asBoolean(),
                Optional.ofNullable(json.get("selector")),
                settings,
                Optional.ofNullable(json.path("_replication_state").textValue()),
                Optional.ofNullable(json.path("_replication_state_reason").textValue()));
    }
}
