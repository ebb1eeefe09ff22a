package io.shopsync.couchdb.embedded.replication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.wire.Json;
import java.net.http.HttpClient;
import java.time.Duration;

/** One run of a replication: from where its checkpoints say to the end, or for as long as it is let. */
final class Replication {
    private static final long POLL_MS = 200;

    private final ReplicationSpec spec;
    private final String id;
    private final RemoteDatabase source;
    private final RemoteDatabase target;
    private volatile ObjectNode status = Json.object();

    /** @param id what its checkpoints are kept under */
    Replication(HttpClient http, ReplicationSpec spec, String id) {
        this.spec = spec;
        this.id = id;
        int retries = spec.number("retries_per_request", 5);
        source = new RemoteDatabase(http, spec.source(), retries);
        target = new RemoteDatabase(http, spec.target(), retries);
    }

    /** The counts of {@code _scheduler} and {@code _active_tasks}; empty until it has begun. */
    ObjectNode status() {
        return status;
    }

    /**
     * Runs until it is done or interrupted; either way leaves a checkpoint.
     *
     * @return what {@code _replicate} answers
     * @throws Crash where it cannot go on
     */
    ObjectNode run() throws InterruptedException {
        if (spec.flag("create_target", false)) {
            target.create(spec.options().path("create_target_params"));
        }
        source.info();
        var checkpoints = Checkpoints.open(source, target, id, spec.options().get("since_seq"));
        var counters = checkpoints.counters();
        report(counters, checkpoints, checkpoints.start());
        var session = new Session(checkpoints, counters);
        try (var changes = new SourceChanges(source, spec, checkpoints.start())) {
            session.follow(changes);
        } catch (InterruptedException stopped) {
            session.save();
            throw stopped;
        }
        return session.save();
    }

    private void report(Counters counters, Checkpoints checkpoints, JsonNode through) {
        var told = counters.toStatus(checkpoints.committed());
        told.set("source_seq", Counters.text(through));
        told.set("through_seq", Counters.text(through));
        status = told;
    }

    /** What changes while it runs. */
    private final class Session {
        private final Checkpoints checkpoints;
        private final Counters counters;
        private final Transfer transfer;
        private JsonNode through;
        private ObjectNode saved;
        private long savedAt = System.nanoTime();

        Session(Checkpoints checkpoints, Counters counters) {
            this.checkpoints = checkpoints;
            this.counters = counters;
            transfer = new Transfer(source, target, spec.flag("use_bulk_get", true), counters);
            through = checkpoints.start();
            saved = checkpoints.unchanged();
        }

        void follow(SourceChanges changes) throws InterruptedException {
            while (!changes.isAtEnd()) {
                var batch = changes.take(spec.number("worker_batch_size", 500), POLL_MS);
                if (!batch.isEmpty()) {
                    transfer.carry(batch);
                    through = SourceChanges.sequence(batch.getLast());
                    report(counters, checkpoints, through);
                }
                if (Duration.ofNanos(System.nanoTime() - savedAt).compareTo(spec.checkpointInterval()) > 0) {
                    save();
                }
            }
        }

        ObjectNode save() throws InterruptedException {
            // The last thing an interrupted replication does.
            boolean interrupted = Thread.interrupted();
            try {
                if (!through.equals(checkpoints.committed())) {
                    saved = spec.flag("use_checkpoints", true)
                            ? checkpoints.save(through, counters, spec.options().has("doc_ids"))
                            : Json.object().put("use_checkpoints", false);
                    report(counters, checkpoints, through);
                }
                savedAt = System.nanoTime();
                return saved;
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
