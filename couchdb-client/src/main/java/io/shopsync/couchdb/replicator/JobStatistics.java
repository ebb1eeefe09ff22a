package io.shopsync.couchdb.replicator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a running or ended job has done.
 *
 * @param writeFailures documents the target refused: other than zero is a failure, even of a job that is completed
 * @param pending changes of the source still to come, where known
 * @param checkpointedSeq up to where both sides remember that the source is at the target
 * @param throughSeq up to where the source is at the target, whether or not a checkpoint says so yet; a job that runs tells
 */
public record JobStatistics(
        long read,
        long written,
        long writeFailures,
        OptionalLong pending,
        Optional<String> checkpointedSeq,
        Optional<String> throughSeq) {

    static JobStatistics of(JsonNode info) {
        var pending = info.path("changes_pending");
        return new JobStatistics(
                info.path("docs_read").asLong(),
                info.path("docs_written").asLong(),
                info.path("doc_write_failures").asLong(),
                pending.isNumber() ? OptionalLong.of(pending.asLong()) : OptionalLong.empty(),
                Optional.ofNullable(info.path("checkpointed_source_seq").textValue()),
                Optional.ofNullable(info.path("through_seq").textValue()));
    }
}
