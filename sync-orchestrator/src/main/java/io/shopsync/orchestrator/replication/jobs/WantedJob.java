package io.shopsync.orchestrator.replication.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.replicator.Endpoint;
import io.shopsync.couchdb.replicator.ReplicationDocument;
import io.shopsync.orchestrator.replication.pair.PairId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The document of a pair's job as it should be.
 *
 * @param document with the passwords: never to be logged or told
 */
record WantedJob(PairId pair, JsonNode selector, ObjectNode document) {

    static final String CREDENTIALS = "credentials";
    private static final String MISSING = "none";
    private static final int LONGEST = 200;

    /** What CouchDB adds by itself. */
    private static final Set<String> COUCHDBS_OWN = Set.of("owner", "user_ctx");

    /**
     * The job that copies continuously what matches {@code wanted}, design documents never: a replica has its own guard,
     * and what an edge has of them would run here.
     */
    static WantedJob of(
            PairId pair, Endpoint source, Endpoint target, Optional<JsonNode> wanted, Duration checkpointEvery) {
        var selector = noDesignDocuments();
        wanted.ifPresent(own -> {
            var both = JsonNodeFactory.instance
                    .arrayNode()
                    .add(selector.deepCopy())
                    .add(own);
            selector.removeAll();
            selector.set("$and", both);
        });
        var document = ReplicationDocument.create(JobIds.of(pair), source, target, true)
                .matching(selector)
                .with(Map.of(
                        "checkpoint_interval",
                        JsonNodeFactory.instance.numberNode(Math.toIntExact(checkpointEvery.toMillis()))))
                .toJson();
        return new WantedJob(pair, selector, document);
    }

    String id() {
        return JobIds.of(pair);
    }

    /** Tells wishes apart, but for passwords. */
    String fingerprint() {
        var open = document.deepCopy();
        for (var end : new String[] {"source", "target"}) {
            if (open.path(end).path("auth").path("basic") instanceof ObjectNode basic) {
                basic.remove("password");
            }
        }
        return UUID.nameUUIDFromBytes(open.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** In what a document differs, each with what it has instead; of credentials only that they do. */
    SortedMap<String, String> differences(ObjectNode stored) {
        var differences = new TreeMap<String, String>();
        for (var end : new String[] {"source", "target"}) {
            if (!url(stored.path(end)).equals(url(document.path(end)))) {
                differences.put(end, shown(withoutUser(url(stored.path(end)))));
            }
            if (!stored.path(end).path("auth").equals(document.path(end).path("auth"))
                    || stored.path(end).has("headers")) {
                differences.put(CREDENTIALS, "others");
            }
        }
        document.properties().forEach(wanted -> {
            var found = stored.path(wanted.getKey());
            if (isPlain(wanted.getKey()) && !found.equals(wanted.getValue())) {
                differences.put(wanted.getKey(), found.isMissingNode() ? MISSING : shown(found.toString()));
            }
        });
        stored.properties().stream()
                .filter(found -> isPlain(found.getKey()) && !COUCHDBS_OWN.contains(found.getKey()))
                .filter(found -> !document.has(found.getKey()))
                .forEach(found ->
                        differences.put(found.getKey(), shown(found.getValue().toString())));
        return differences;
    }

    private static boolean isPlain(String field) {
        return !field.startsWith("_") && !"source".equals(field) && !"target".equals(field);
    }

    private static String url(JsonNode endpoint) {
        var url = endpoint.isTextual()
                ? endpoint.textValue()
                : endpoint.path("url").asText();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static String withoutUser(String url) {
        return url.replaceFirst("://[^/@]*@", "://");
    }

    private static String shown(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + '…';
    }

    /** No other id begins with an underscore. */
    private static ObjectNode noDesignDocuments() {
        var selector = JsonNodeFactory.instance.objectNode();
        selector.putObject("_id").put("$regex", "^[^_]");
        return selector;
    }

    @Override
    public String toString() {
        return "WantedJob[" + id() + ']';
    }
}
