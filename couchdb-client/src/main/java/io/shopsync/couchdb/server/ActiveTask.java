package io.shopsync.couchdb.server;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/**
 * Something a server does in the background.
 *
 * @param type {@code replication}, {@code database_compaction}, {@code indexer}, …
 * @param startedOn when it began, in seconds' precision
 * @param updatedOn when it last said so, in seconds' precision
 * @param details what only this type of task has
 */
public record ActiveTask(
        String type,
        String node,
        @JsonProperty("started_on") Instant startedOn,
        @JsonProperty("updated_on") Instant updatedOn,
        @JsonAnySetter Map<String, JsonNode> details) {

    public ActiveTask {
        details = details == null ? Map.of() : Map.copyOf(details);
    }
}
