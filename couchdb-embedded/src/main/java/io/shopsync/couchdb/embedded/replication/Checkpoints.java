package io.shopsync.couchdb.embedded.replication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.wire.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/**
 * Where a replication has come to, kept as a local document at both ends. It goes on from the latest session that both
 * remember: an end that was restored from a backup or made anew remembers less
 * ({@code couch_replicator_scheduler_job}).
 */
final class Checkpoints {
    private static final int VERSION = 4;
    private static final int SESSIONS = 50;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final JsonNode NOTHING = IntNode.valueOf(0);

    private final End source;
    private final End target;
    private final String id;
    private final String session = UUID.randomUUID().toString().replace("-", "");
    private final Instant started = Clock.systemUTC().instant();
    private final JsonNode start;
    private final ArrayNode history;
    private JsonNode committed;

    private Checkpoints(End source, End target, String id, JsonNode since) {
        this.source = source;
        this.target = target;
        this.id = id;
        var common = common(source.log, target.log);
        history = common.history;
        start = since == null ? common.sequence : since;
        committed = start;
    }

    /** @param since where to start instead, or null */
    static Checkpoints open(RemoteDatabase source, RemoteDatabase target, String id, JsonNode since)
            throws InterruptedException {
        return new Checkpoints(End.open(source, "source", id), End.open(target, "target", id), id, since);
    }

    /** The sequence to start after. */
    JsonNode start() {
        return start;
    }

    JsonNode committed() {
        return committed;
    }

    /** The counts of the session that this one goes on from. */
    Counters counters() {
        return Counters.from(history.path(0));
    }

    /** What {@code _replicate} answers when nothing was new. */
    ObjectNode unchanged() {
        var answer = Json.object().put("no_changes", true);
        answer.setAll(source.log.deepCopy());
        return answer.without(java.util.List.of("_id", "_rev"));
    }

    /**
     * Remembers that everything up to {@code sequence} is in the target.
     *
     * @return what was written, which {@code _replicate} answers with
     * @throws Crash where an end is another database than it was, or someone else writes the same checkpoints
     */
    ObjectNode save(JsonNode sequence, Counters counters, boolean byIds) throws InterruptedException {
        requireSameDatabases();
        var now = Clock.systemUTC().instant();
        var entry = Json.object()
                .put("session_id", session)
                .put("start_time", DATE.format(started))
                .put("end_time", DATE.format(now));
        entry.set("start_last_seq", start);
        entry.set("end_last_seq", sequence);
        entry.set("recorded_seq", sequence);
        entry.setAll(counters.toHistory());
        var log = Json.object().put("session_id", session);
        log.set("source_last_seq", sequence);
        log.put("replication_id_version", VERSION);
        if (byIds) {
            log.setAll(entry.deepCopy()
                    .retain("start_time", "end_time", "docs_read", "docs_written", "doc_write_failures"));
        }
        var sessions = log.putArray("history").add(entry);
        history.valueStream().limit(SESSIONS - 1).forEach(sessions::add);
        source.save(id, log);
        target.save(id, log);
        committed = sequence;
        return log;
    }

    private void requireSameDatabases() throws InterruptedException {
        boolean otherTarget = target.isAnother();
        boolean otherSource = source.isAnother();
        if (otherSource || otherTarget) {
            var which = otherSource && otherTarget ? "source and target" : otherSource ? "source" : "target";
            throw Crash.of("instance_start_time on " + which + " database has changed since last checkpoint.");
        }
    }

    private record Common(JsonNode sequence, ArrayNode history) {}

    private static Common common(ObjectNode source, ObjectNode target) {
        if (source.has("session_id") && source.get("session_id").equals(target.get("session_id"))) {
            return new Common(source.path("source_last_seq"), source.withArray("history"));
        }
        var ours = source.withArray("history").deepCopy();
        var theirs = target.withArray("history").deepCopy();
        while (!ours.isEmpty() && !theirs.isEmpty()) {
            var mine = ours.remove(0);
            if (has(theirs, mine)) {
                return new Common(mine.path("recorded_seq"), ours);
            }
            var other = theirs.remove(0);
            if (has(ours, other)) {
                return new Common(other.path("recorded_seq"), theirs);
            }
        }
        return new Common(NOTHING, Json.array());
    }

    private static boolean has(ArrayNode history, JsonNode session) {
        return history.valueStream().anyMatch(entry -> entry.path("session_id").equals(session.path("session_id")));
    }

    /** One end: its document as it was found, and the revision to write next. */
    private static final class End {
        private final RemoteDatabase database;
        private final String name;
        private final String made;
        private final ObjectNode log;
        private String revision;

        private End(RemoteDatabase database, String name, String made, ObjectNode log) {
            this.database = database;
            this.name = name;
            this.made = made;
            this.log = log;
            revision = log.path("_rev").asText(null);
        }

        static End open(RemoteDatabase database, String name, String id) throws InterruptedException {
            var made = database.info().path("instance_start_time").asText();
            return new End(database, name, made, database.local(id).orElseGet(Json::object));
        }

        boolean isAnother() throws InterruptedException {
            return !database.ensureFullCommit().equals(made);
        }

        void save(String id, ObjectNode log) throws InterruptedException {
            var document = log.deepCopy().put("_id", "_local/" + id);
            if (revision != null) {
                document.put("_rev", revision);
            }
            revision = database.putLocal(id, document)
                    .orElseThrow(() -> Crash.of("Error updating the " + name + " checkpoint document: conflict"));
        }
    }
}
