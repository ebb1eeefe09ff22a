package io.shopsync.orchestrator.replication.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A checkpoint as a replicator leaves it in a {@code _local} document of both databases: how far it came, and what it did
 * before. It reads CouchDB's form ({@code source_last_seq}, {@code recorded_seq}) and PouchDB's ({@code last_seq}), and
 * writes CouchDB's.
 *
 * @param rev the document's own revision
 * @param sessionId names what was recorded last
 * @param lastSeq the source's sequence that was recorded last
 * @param history sessions, newest first
 * @param incarnations which incarnations of the databases it speaks of; only our own checkpoints say
 */
public record ReplicationLog(
        Optional<String> rev,
        String sessionId,
        String lastSeq,
        List<Session> history,
        Optional<Incarnations> incarnations) {

    /** What CouchDB keeps too. */
    private static final int LONGEST_HISTORY = 50;

    private static final String START = "0";

    public ReplicationLog {
        history = List.copyOf(history.size() > LONGEST_HISTORY ? history.subList(0, LONGEST_HISTORY) : history);
    }

    /**
     * One entry of the history.
     *
     * @param recordedSeq the source's sequence up to which all was copied
     * @param details the entry as it stands: times and counts
     */
    public record Session(String id, String recordedSeq, ObjectNode details) {}

    /**
     * When the databases were made ({@code instance_start_time}): a checkpoint that outlived its database, in a restored
     * backup or by a race with a deletion, is not taken for one of the new database.
     */
    public record Incarnations(String source, String target) {}

    /** What a {@code _local} document says; empty where it is no checkpoint. */
    public static Optional<ReplicationLog> of(ObjectNode json) {
        var sessionId = json.path("session_id").textValue();
        if (sessionId == null) {
            return Optional.empty();
        }
        var history = new ArrayList<Session>();
        for (var entry : json.path("history")) {
            if (entry instanceof ObjectNode details) {
                history.add(new Session(details.path("session_id").asText(), seq(details, "recorded_seq"), details));
            }
        }
        return Optional.of(new ReplicationLog(
                Optional.ofNullable(json.path("_rev").textValue()),
                sessionId,
                seq(json, "source_last_seq"),
                history,
                incarnations(json)));
    }

    /** As CouchDB keeps it. */
    ObjectNode toJson() {
        var json = JsonNodeFactory.instance.objectNode();
        rev.ifPresent(current -> json.put("_rev", current));
        json.put("session_id", sessionId).put("source_last_seq", lastSeq).put("replicator", "shopsync");
        incarnations.ifPresent(made ->
                json.put("source_instance_start_time", made.source()).put("target_instance_start_time", made.target()));
        var list = json.putArray("history");
        history.forEach(session -> list.add(session.details()));
        return json;
    }

    /**
     * What two checkpoints agree on: CouchDB's rule ({@code couch_replicator}'s {@code compare_replication_logs}). With
     * the same session on top it is the source's sequence; otherwise the newest session that both histories hold.
     *
     * @return empty where they agree on nothing and all has to be looked at
     */
    static Optional<Agreement> agreement(ReplicationLog source, ReplicationLog target) {
        if (source.sessionId.equals(target.sessionId)) {
            return Optional.of(new Agreement(source.lastSeq, source.history));
        }
        for (var newest = 0; newest < Math.min(source.history.size(), target.history.size()); newest++) {
            var sources = source.history.subList(newest, source.history.size());
            var targets = target.history.subList(newest, target.history.size());
            var first = sources.getFirst();
            if (holds(targets, first.id())) {
                return Optional.of(new Agreement(first.recordedSeq(), sources));
            }
            var second = targets.getFirst();
            if (holds(sources, second.id())) {
                return Optional.of(new Agreement(second.recordedSeq(), targets));
            }
        }
        return Optional.empty();
    }

    /** From where to go on, and the history that led there. */
    record Agreement(String seq, List<Session> history) {}

    private static boolean holds(List<Session> history, String sessionId) {
        return history.stream().anyMatch(session -> session.id().equals(sessionId));
    }

    private static String seq(JsonNode json, String couchDbName) {
        var seq = json.path(couchDbName).isMissingNode() ? json.path("last_seq") : json.path(couchDbName);
        return seq.isValueNode() ? seq.asText(START) : START;
    }

    private static Optional<Incarnations> incarnations(JsonNode json) {
        var source = json.path("source_instance_start_time").textValue();
        var target = json.path("target_instance_start_time").textValue();
        return source == null || target == null ? Optional.empty() : Optional.of(new Incarnations(source, target));
    }
}
