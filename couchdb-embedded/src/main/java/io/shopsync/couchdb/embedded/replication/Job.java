package io.shopsync.couchdb.embedded.replication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.wire.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A replication in the scheduler's care, with its history. Guarded by the scheduler's lock, but for what a run tells.
 *
 * @see Scheduler
 */
final class Job {
    static final String NODE = "couchdb@127.0.0.1";
    private static final int HISTORY = 20;
    private static final Duration BACKOFF = Duration.ofSeconds(30);
    private static final int MAX_BACKOFF_EXPONENT = 10;

    private final String id;
    private final ReplicationSpec spec;
    private final String user;
    private final String documentId;
    private final Instant created = now();
    private final Deque<Event> history = new ArrayDeque<>();
    private final CompletableFuture<ObjectNode> result = new CompletableFuture<>();
    private volatile Run run;
    private boolean finishing;
    private ObjectNode lastStatus = Json.object();

    /**
     * @param user who asked by {@code _replicate}, or null
     * @param documentId what asked in {@code _replicator}, or null
     */
    Job(String id, ReplicationSpec spec, String user, String documentId) {
        this.id = id;
        this.spec = spec;
        this.user = user;
        this.documentId = documentId;
        record(Event.ADDED, null);
    }

    /** @param reason why it crashed, else null */
    private record Event(String type, Instant when, String reason) {
        static final String ADDED = "added";
        static final String STARTED = "started";
        static final String STOPPED = "stopped";
        static final String CRASHED = "crashed";

        boolean isCrash() {
            return type.equals(CRASHED);
        }
    }

    /** A run that is under way. */
    record Run(Replication replication, Thread thread, int number) {}

    String id() {
        return id;
    }

    ReplicationSpec spec() {
        return spec;
    }

    String user() {
        return user;
    }

    /** The id of its document; null for one that {@code _replicate} started. */
    String documentId() {
        return documentId;
    }

    /** What its first end is: a result, or a {@link Crash}. */
    CompletableFuture<ObjectNode> result() {
        return result;
    }

    Run run() {
        return run;
    }

    boolean isRunning() {
        return run != null;
    }

    Instant lastStarted() {
        return history.stream()
                .filter(event -> event.type.equals(Event.STARTED))
                .map(Event::when)
                .findFirst()
                .orElse(Instant.MIN);
    }

    void started(Run newRun) {
        run = newRun;
        record(Event.STARTED, null);
    }

    /** It is done and its end is written down, which nothing may interrupt. */
    void finishing() {
        finishing = true;
    }

    boolean isFinishing() {
        return finishing;
    }

    void stopped() {
        ended();
        record(Event.STOPPED, null);
    }

    void crashed(String reason) {
        ended();
        record(Event.CRASHED, reason);
    }

    private void ended() {
        lastStatus = status();
        run = null;
    }

    private void record(String type, String reason) {
        history.addFirst(new Event(type, now(), reason));
        if (history.size() > HISTORY) {
            history.removeLast();
        }
    }

    /** Whether it may be started: a job that crashed waits longer each time. */
    boolean isDue(Duration healthy) {
        var latest = history.getFirst();
        if (isRunning() || !latest.isCrash()) {
            return !isRunning();
        }
        int exponent = Math.min(Math.max(consecutiveCrashes(healthy), 1) - 1, MAX_BACKOFF_EXPONENT);
        return !now().isBefore(latest.when.plus(BACKOFF.multipliedBy(1L << exponent)));
    }

    /** Crashes since the last run that lasted; those of {@code couch_replicator_scheduler:consecutive_crashes/2}. */
    int consecutiveCrashes(Duration healthy) {
        int crashes = 0;
        var events = List.copyOf(history);
        for (int i = 0; i + 1 < events.size(); i++) {
            var event = events.get(i);
            var before = events.get(i + 1);
            if (event.isCrash()) {
                if (Duration.between(before.when, event.when).compareTo(healthy) > 0) {
                    return crashes;
                }
                crashes++;
            } else if (event.type.equals(Event.STOPPED) && before.type.equals(Event.STARTED)) {
                return crashes;
            }
        }
        return crashes;
    }

    /** A row of {@code _scheduler/jobs}. */
    ObjectNode toJobRow() {
        var row = described().put("id", id).put("pid", pid()).put("user", user);
        row.set("info", status().isEmpty() ? null : status());
        var events = row.putArray("history");
        for (var event : history) {
            var shown =
                    events.addObject().put("timestamp", event.when.toString()).put("type", event.type);
            if (event.isCrash()) {
                shown.put("reason", event.reason);
            }
        }
        return row.put("start_time", created.toString());
    }

    /** A row of {@code _scheduler/docs}. */
    ObjectNode toDocumentRow(Duration healthy) {
        var latest = history.getFirst();
        boolean crashing = !isRunning() && latest.isCrash();
        var row = described()
                .put("id", id)
                .put("state", isRunning() ? "running" : crashing ? "crashing" : "pending")
                .put("error_count", consecutiveCrashes(healthy))
                .put("last_updated", latest.when.toString())
                .put("start_time", created.toString())
                .putNull("source_proxy")
                .putNull("target_proxy");
        return row.set(
                "info", crashing ? Json.object().put("error", latest.reason) : status().isEmpty() ? null : status());
    }

    /** A row of {@code _active_tasks}. */
    ObjectNode toTask() {
        return described()
                .put("pid", pid())
                .put("process_status", "waiting")
                .put("type", "replication")
                .put("user", user)
                .put("replication_id", id)
                .put("continuous", spec.continuous())
                .put("checkpoint_interval", spec.checkpointInterval().toMillis())
                .put("started_on", lastStarted().getEpochSecond())
                .put("updated_on", now().getEpochSecond())
                .setAll(status());
    }

    private ObjectNode described() {
        return Json.object()
                .put("database", documentId == null ? null : ReplicatorDocuments.DATABASE)
                .put("doc_id", documentId)
                .put("node", NODE)
                .put("source", spec.source().toString())
                .put("target", spec.target().toString());
    }

    /** What a completed job leaves in its document. */
    ObjectNode toStats() {
        var stats = status().deepCopy();
        stats.remove(List.of("source_seq", "through_seq"));
        return stats.put("start_time", created.toString());
    }

    private ObjectNode status() {
        var current = run;
        return current == null ? lastStatus : current.replication.status();
    }

    private String pid() {
        var current = run;
        return current == null ? null : "<0." + current.number + ".0>";
    }

    private static Instant now() {
        return Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
