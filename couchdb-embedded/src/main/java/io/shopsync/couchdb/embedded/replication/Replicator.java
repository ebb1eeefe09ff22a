package io.shopsync.couchdb.embedded.replication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.http.Response;
import io.shopsync.couchdb.embedded.http.Router;
import io.shopsync.couchdb.embedded.store.Databases;
import io.shopsync.couchdb.embedded.store.Range;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import io.shopsync.couchdb.embedded.wire.Urls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** The replicator of a server, and what is asked of it: {@code _replicate}, {@code _scheduler}, {@code _active_tasks}. */
public final class Replicator implements AutoCloseable {
    private static final List<String> STATES =
            List.of("initializing", "error", "running", "pending", "crashing", "completed", "failed");

    private final Databases databases;
    private final String serverUuid;
    private final Scheduler scheduler;
    private final ReplicatorDocuments documents;

    private Replicator(Databases databases, Config config) {
        this.databases = databases;
        serverUuid = config.get("couchdb", "uuid", "");
        scheduler = new Scheduler(config, this::completed);
        documents = new ReplicatorDocuments(databases, scheduler, serverUuid);
    }

    /** Makes it known; it follows {@code _replicator} from {@link #start} on. */
    public static Replicator register(Router router, Databases databases, Config config) {
        var replicator = new Replicator(databases, config);
        router.server("POST", "_replicate", replicator::replicate)
                .server("GET", "_scheduler", replicator::schedule)
                .server("GET", "_active_tasks", replicator::activeTasks);
        return replicator;
    }

    /** Begins with the documents that are there, which may call this server. */
    public void start() {
        documents.start();
    }

    private void completed(Job job) {
        if (job.documentId() != null) {
            documents.completed(job);
        }
    }

    private Response replicate(Request request) throws InterruptedException {
        var body = request.jsonObject();
        Stream.of("source", "target").forEach(end -> makeRemote(body, end, request));
        if (body.path("cancel").isBoolean() && body.path("cancel").booleanValue()) {
            return cancel(body, request);
        }
        if (body.has("cancel") && !body.get("cancel").isBoolean()) {
            throw CouchError.badRequest("parameter `cancel` must be a boolean");
        }
        var spec = ReplicationSpec.parse(body);
        var id = spec.id(serverUuid);
        scheduler.job(id).ifPresent(job -> requireOwner(job, request));
        var job = scheduler.add(new Job(id, spec, request.user().name(), null));
        if (spec.continuous()) {
            return Response.json(202, Json.object().put("ok", true).put("_local_id", id));
        }
        try {
            var answer = Json.object().put("ok", true);
            answer.setAll(job.result().get());
            return Response.json(200, answer);
        } catch (CancellationException e) {
            return Response.json(200, Json.object().put("ok", "stopped"));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Crash crash ? crash.answer() : new IllegalStateException(e);
        }
    }

    /** The name of a database of this server is made its address, to be reached with the rights of whoever asks. */
    private static void makeRemote(ObjectNode body, String end, Request request) {
        var given = body.path(end).isObject() ? body.path(end).path("url") : body.path(end);
        if (given.isMissingNode()
                || given.asText().startsWith("http://")
                || given.asText().startsWith("https://")) {
            return;
        }
        var endpoint = body.putObject(end).put("url", request.base() + "/" + Urls.encode(given.asText()));
        var headers = endpoint.putObject("headers");
        for (var name : List.of("Authorization", "Cookie")) {
            request.header(name).ifPresent(value -> headers.put(name, value));
        }
    }

    private Response cancel(ObjectNode body, Request request) {
        var id = Stream.of("_local_id", "replication_id", "id")
                .filter(body::has)
                .map(name -> body.get(name).asText())
                .findFirst()
                .orElseGet(() -> ReplicationSpec.parse(body).id(serverUuid));
        var job = scheduler.job(id).orElseThrow(() -> CouchError.notFound("missing"));
        requireOwner(job, request);
        scheduler.remove(id);
        return Response.json(200, Json.object().put("ok", true).put("_local_id", id));
    }

    private static void requireOwner(Job job, Request request) {
        if (!request.user().name().equals(job.user())) {
            request.user().requireServerAdmin();
        }
    }

    private Response activeTasks(Request request) {
        request.user().requireServerAdmin();
        var tasks = Json.array();
        scheduler.tasks().forEach(tasks::add);
        return Response.json(200, tasks);
    }

    private Response schedule(Request request) {
        var path = request.path();
        var kind = path.size() > 1 ? path.get(1) : "";
        if (kind.equals("jobs") && path.size() == 2) {
            return page(request, "jobs", scheduler.rows(Job::toJobRow), 100);
        }
        if (kind.equals("jobs") && path.size() == 3) {
            // A plus sign was read as a blank.
            return scheduler
                    .job(path.get(2).replace(' ', '+'))
                    .map(job -> Response.json(200, job.toJobRow()))
                    .orElseThrow(() -> CouchError.notFound("missing"));
        }
        if (!kind.equals("docs")) {
            return Response.json(404, Json.object().put("error", "not found"));
        }
        if (path.size() > 2 && !path.get(2).equals(ReplicatorDocuments.DATABASE)) {
            throw CouchError.badRequest("Invalid path");
        }
        return path.size() < 4
                ? page(request, "docs", documentRows(request), Integer.MAX_VALUE)
                : documents
                        .row(path.get(3))
                        .map(row -> Response.json(200, row))
                        .orElseThrow(() -> CouchError.notFound("missing"));
    }

    private List<ObjectNode> documentRows(Request request) {
        var states = states(request);
        var rows = new ArrayList<ObjectNode>();
        databases.get(ReplicatorDocuments.DATABASE).documents().live(Range.ALL, document -> {
            var id = document.id();
            if (!id.startsWith("_design/")) {
                documents
                        .row(id)
                        .filter(row -> row.get("state").isTextual())
                        .filter(row -> states.isEmpty()
                                || states.contains(row.get("state").textValue()))
                        .ifPresent(rows::add);
            }
            return true;
        });
        return rows;
    }

    private static List<String> states(Request request) {
        var states = request.query("states")
                .map(value -> Arrays.asList(value.split(",", -1)))
                .orElse(List.of());
        if (!STATES.containsAll(states)) {
            throw new CouchError(
                    400, "query_parse_error", "States must be one or more of [" + String.join(",", STATES) + "]");
        }
        return states;
    }

    private static Response page(Request request, String name, List<ObjectNode> rows, int defaultLimit) {
        int limit = number(request, "limit", defaultLimit);
        int skip = Math.min(number(request, "skip", 0), rows.size());
        var answer = Json.object().put("total_rows", rows.size()).put("offset", skip);
        var shown = answer.putArray(name);
        rows.stream().skip(skip).limit(limit).forEach(shown::add);
        return Response.json(200, answer);
    }

    private static int number(Request request, String name, int absent) {
        try {
            int number = request.query(name).map(Integer::parseInt).orElse(absent);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new CouchError(400, "query_parse_error", name + " must be an integer");
        }
        throw new CouchError(400, "query_parse_error", name + " not in range of [0,infinity]");
    }

    /** Stops all jobs; continuous ones leave a checkpoint if they still can. */
    @Override
    public void close() {
        documents.close();
        scheduler.close();
    }
}
