package io.shopsync.couchdb;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.document.WriteOutcome;
import io.shopsync.couchdb.replicator.ReplicationDocument;
import io.shopsync.couchdb.replicator.ScheduledDocument;
import io.shopsync.couchdb.replicator.ScheduledJob;
import io.shopsync.couchdb.replicator.SchedulerPage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** CouchDB's own replicator: the job documents of one replicator database, and what the scheduler says. */
public final class Replicator {

    private final Transport transport;
    private final Database database;

    Replicator(Transport transport, String database) {
        this.transport = transport;
        this.database = new Database(transport, database);
    }

    /** A job's document, credentials among it; empty where there is none. */
    public Optional<ReplicationDocument> get(String id) {
        return database.documents().get(id).map(ReplicationDocument::of);
    }

    /** Starts or changes a job and returns its new revision. */
    public String put(ReplicationDocument job) {
        return database.documents().put(job.id(), job.toJson());
    }

    /** Starts or changes many jobs at once; the outcomes are in their order. */
    public List<WriteOutcome> putAll(Collection<ReplicationDocument> jobs) {
        return database.bulk()
                .write(jobs.stream().map(ReplicationDocument::toJson).toList());
    }

    /** Ends a job. */
    public void delete(String id, String rev) {
        database.documents().delete(id, rev);
    }

    /** How the scheduler sees a job's document; empty where it knows none (a moment after it was written, too). */
    public Optional<ScheduledDocument> scheduled(String id) {
        var route = Route.root("_scheduler/docs").segment(database.name()).segment(id);
        var call = Call.get(route);
        return transport
                .bytesUnless(call, _ -> true)
                .map(body -> ScheduledDocument.of(Transport.parse(call, body, JsonNode.class)));
    }

    /** How the scheduler sees the job documents of this database, in any state. */
    public SchedulerPage<ScheduledDocument> scheduled(int limit, long skip) {
        var route = Route.root("_scheduler/docs").segment(database.name());
        return page(route, limit, skip, "docs", ScheduledDocument::of);
    }

    /** The scheduler's jobs, of all replicator databases. */
    public SchedulerPage<ScheduledJob> jobs(int limit, long skip) {
        return page(Route.root("_scheduler/jobs"), limit, skip, "jobs", ScheduledJob::of);
    }

    private <T> SchedulerPage<T> page(Route route, int limit, long skip, String field, Function<JsonNode, T> reader) {
        var call = Call.get(route.with("limit", limit).with("skip", skip))
                .within(transport.options().idleTimeout());
        var answer = transport.tree(call);
        var items = new ArrayList<T>();
        answer.path(field).forEach(item -> items.add(reader.apply(item)));
        return new SchedulerPage<>(
                answer.path("total_rows").asLong(), answer.path("offset").asLong(), items);
    }
}
