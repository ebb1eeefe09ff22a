package io.shopsync.couchdb.replicator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A job's document as the scheduler sees it. URLs come without credentials.
 *
 * @param jobId the id of the running job; empty while there is none
 * @param errors failures in a row
 * @param error what failed last, in CouchDB's own form (often an Erlang term)
 * @param statistics where the job runs or has ended
 */
public record ScheduledDocument(
        String database,
        String documentId,
        Optional<String> jobId,
        String source,
        String target,
        JobState state,
        long errors,
        Optional<String> error,
        Optional<JobStatistics> statistics,
        Optional<Instant> started,
        Optional<Instant> updated) {

    /** What an element of {@code _scheduler/docs} says. */
    public static ScheduledDocument of(JsonNode json) {
        var info = json.path("info");
        return new ScheduledDocument(
                json.path("database").asText(),
                json.path("doc_id").asText(),
                Optional.ofNullable(json.path("id").textValue()),
                json.path("source").asText(),
                json.path("target").asText(),
                JobState.of(json.path("state").asText("initializing")),
                json.path("error_count").asLong(),
                Optional.ofNullable(info.path("error").textValue()),
                info.has("docs_read") ? Optional.of(JobStatistics.of(info)) : Optional.empty(),
                instant(json.path("start_time")),
                instant(json.path("last_updated")));
    }

    static Optional<Instant> instant(JsonNode text) {
        return Optional.ofNullable(text.textValue()).map(Instant::parse);
    }
}
