package io.shopsync.couchdb.embedded.replication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.shopsync.couchdb.embedded.document.Document;
import io.shopsync.couchdb.embedded.identity.UserContext;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.store.Databases;
import io.shopsync.couchdb.embedded.store.Ending;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The documents of {@code _replicator}: each is a job for as long as it is there and not completed. They are checked
 * when they are written, followed as they change, and told how their replication ended
 * ({@code couch_replicator_docs}, {@code couch_replicator_doc_processor}).
 */
final class ReplicatorDocuments implements Databases.Hook, AutoCloseable {
    static final String DATABASE = "_replicator";
    private static final String STATE = "_replication_state";
    private static final String STATE_TIME = "_replication_state_time";
    private static final String REASON = "_replication_state_reason";
    private static final String STATS = "_replication_stats";

    private final Databases databases;
    private final Scheduler scheduler;
    private final String serverUuid;
    private final AtomicBoolean news = new AtomicBoolean();
    private final Map<String, ReplicationSpec> known = new HashMap<>();
    private final ExecutorService follower = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofVirtual().name("replicator documents").factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    private String followed = "";
    private long since;

    ReplicatorDocuments(Databases databases, Scheduler scheduler, String serverUuid) {
        this.databases = databases;
        this.scheduler = scheduler;
        this.serverUuid = serverUuid;
    }

    void start() {
        databases.hook(DATABASE, this);
        databases.watch((name, event) -> {
            if (name.equals(DATABASE)) {
                changed();
            }
        });
        changed();
    }

    /** However much comes while it reads, it looks once more. */
    private void changed() {
        if (!news.getAndSet(true)) {
            follower.execute(this::follow);
        }
    }

    @Override
    public ObjectNode beforeWrite(ObjectNode document, UserContext user) {
        if (document.path("_id").asText().startsWith("_design/") || user.equals(UserContext.SERVER)) {
            return document;
        }
        var owned = withOwner(document, user);
        if (!owned.path("_deleted").asBoolean() && !owned.path(STATE).asText().equals("failed")) {
            try {
                ReplicationSpec.parse(owned);
            } catch (CouchError e) {
                boolean badRequest = e.error().equals("bad_request");
                throw CouchError.forbidden(
                        badRequest ? "{throw,{bad_request,<<\"" + e.reason() + "\">>}}" : e.reason());
            }
        }
        return owned;
    }

    private static ObjectNode withOwner(ObjectNode document, UserContext user) {
        var owner = document.path("owner");
        if (owner.isMissingNode() || (owner.isNull() && user.isServerAdmin())) {
            return document.put("owner", user.name());
        }
        if (!user.isServerAdmin() && !owner.asText().equals(user.name())) {
            throw CouchError.forbidden("Can't update replication documents from other users.");
        }
        return document;
    }

    /** Nobody but admins and the owner sees credentials. */
    @Override
    public ObjectNode afterRead(ObjectNode document, UserContext user) {
        if (user.isServerAdmin() || document.path("owner").asText().equals(user.name())) {
            return document;
        }
        for (var end : List.of("source", "target")) {
            if (document.get(end) instanceof ObjectNode endpoint) {
                endpoint.remove(List.of("auth", "headers"));
            } else if (document.has(end)) {
                document.put(end, document.get(end).asText().replaceFirst("^(https?://)[^@/]*@", "$1"));
            }
        }
        return document;
    }

    private void follow() {
        news.set(false);
        if (databases.exists(DATABASE)) {
            follow(databases.get(DATABASE));
        } else {
            forgetAll();
        }
    }

    private void follow(Database database) {
        if (!followed.equals(database.state().uuid())) {
            forgetAll();
            followed = database.state().uuid();
            since = 0;
        }
        var changed = new ArrayList<String>();
        database.changes(since, false, (sequence, id) -> {
            since = sequence;
            return changed.add(id);
        });
        changed.removeIf(id -> id.startsWith("_design/"));
        changed.forEach(id -> database.documents().node(id).ifPresentOrElse(this::updated, () -> removed(id)));
    }

    private void forgetAll() {
        List.copyOf(known.keySet()).forEach(this::removed);
    }

    private void removed(String id) {
        known.remove(id);
        scheduler.jobOf(id).ifPresent(job -> scheduler.remove(job.id()));
    }

    private void updated(ObjectNode document) {
        var id = document.path("_id").asText();
        switch (document.path(STATE).asText()) {
            case "completed" -> known.remove(id);
            case "failed" -> removed(id);
            default -> {
                try {
                    var spec = ReplicationSpec.parse(document);
                    if (!spec.equals(known.put(id, spec))) {
                        submit(id, spec);
                    }
                } catch (CouchError e) {
                    failed(id, e.reason());
                }
            }
        }
    }

    private void submit(String id, ReplicationSpec spec) {
        scheduler.jobOf(id).ifPresent(job -> scheduler.remove(job.id()));
        var jobId = spec.id(serverUuid);
        var other = scheduler.job(jobId).map(Job::documentId);
        if (other.isPresent()) {
            failed(
                    id,
                    "Replication `" + jobId + "` specified by document `" + id
                            + "` already started, triggered by document `" + other.get() + "` from db `" + DATABASE
                            + "`");
        } else {
            // One that _replicate started gives way to the document.
            scheduler.remove(jobId);
            scheduler.add(new Job(jobId, spec, null, id));
        }
    }

    /** Notes the end of a job in its document. */
    void completed(Job job) {
        update(job.documentId(), "completed", STATS, job.toStats());
    }

    private void failed(String id, String reason) {
        update(id, "failed", REASON, TextNode.valueOf(reason));
    }

    private void update(String id, String state, String detail, JsonNode value) {
        while (databases.exists(DATABASE)) {
            var database = databases.get(DATABASE);
            var document = database.documents().node(id);
            if (document.isEmpty()) {
                return;
            }
            var updated = document.get();
            updated.remove(List.of(REASON, STATS, "_replication_id"));
            updated.put(STATE, state)
                    .put(
                            STATE_TIME,
                            Clock.systemUTC()
                                    .instant()
                                    .truncatedTo(ChronoUnit.SECONDS)
                                    .toString())
                    .set(detail, value);
            try {
                database.write(List.of(Document.parse(updated)), UserContext.SERVER, true)
                        .getFirst()
                        .orThrow();
                return;
            } catch (CouchError e) {
                if (e.status() != 409) {
                    // Someone's validation function refuses what the server writes: CouchDB lets it be, too.
                    return;
                }
            }
        }
    }

    /** A row of {@code _scheduler/docs}: of the job, or of what the document remembers; empty without a document. */
    Optional<ObjectNode> row(String id) {
        var job = scheduler.jobOf(id);
        if (job.isPresent()) {
            return job.map(running -> running.toDocumentRow(scheduler.healthy()));
        }
        return databases.exists(DATABASE)
                ? databases.get(DATABASE).documents().node(id).map(this::row)
                : Optional.empty();
    }

    ObjectNode row(ObjectNode document) {
        var stats = document.path(STATS).deepCopy();
        boolean completed = document.path(STATE).asText().equals("completed");
        boolean failed = document.path(STATE).asText().equals("failed");
        var row = Json.object()
                .put("database", DATABASE)
                .put("doc_id", document.path("_id").asText())
                .putNull("id")
                .put("source", address(document.path("source")))
                .put("target", address(document.path("target")))
                .put("state", document.path(STATE).asText(null))
                .put("error_count", failed ? 1 : 0);
        JsonNode info = failed ? Json.object().set("error", document.path(REASON)) : null;
        var started = document.path(STATE_TIME);
        if (completed && stats instanceof ObjectNode counts) {
            started = counts.path("start_time");
            info = counts.without("start_time");
        }
        row.set("info", info);
        return row.put("start_time", started.asText(null))
                .put("last_updated", document.path(STATE_TIME).asText(null));
    }

    private static String address(JsonNode endpoint) {
        try {
            return Endpoint.parse(endpoint).toString();
        } catch (CouchError e) {
            return null;
        }
    }

    /** Waits for what is being read. */
    @Override
    public void close() {
        Ending.of(follower);
    }
}
