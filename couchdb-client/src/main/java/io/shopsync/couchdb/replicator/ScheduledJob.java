package io.shopsync.couchdb.replicator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A job as the scheduler runs it, also one that no document asked for.
 *
 * @param database the replicator database; empty for a job of {@code POST /_replicate}
 * @param documentId the same
 * @param history what happened to it, newest first
 */
public record ScheduledJob(
        String jobId,
        Optional<String> database,
        Optional<String> documentId,
        String source,
        String target,
        Optional<JobStatistics> statistics,
        List<Happening> history) {

    public ScheduledJob {
        history = List.copyOf(history);
    }

    /**
     * @param type {@code added}, {@code started}, {@code stopped}, {@code crashed}
     * @param reason why it crashed
     */
    public record Happening(Instant at, String type, Optional<String> reason) {}

    /** What an element of {@code _scheduler/jobs} says. */
    public static ScheduledJob of(JsonNode json) {
        var history = new ArrayList<Happening>();
        for (var happening : json.path("history")) {
            history.add(new Happening(
                    Instant.parse(happening.path("timestamp").asText()),
                    happening.path("type").asText(),
                    Optional.ofNullable(happening.path("reason").textValue())));
        }
        var info = json.path("info");
        return new ScheduledJob(
                json.path("id").asText(),
                Optional.ofNullable(json.path("database").textValue()),
                Optional.ofNullable(json.path("doc_id").textValue()),
                json.path("source").asText(),
                json.path("target").asText(),
                info.has("docs_read") ? Optional.of(JobStatistics.of(info)) : Optional.empty(),
                history);
    }
}
