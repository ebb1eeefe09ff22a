package io.shopsync.orchestrator.attempts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopsync.orchestrator.attempts.Sighting.Refused;
import java.util.List;
import java.util.Optional;

/** Reads the edge's record of attempts, one JSON object a line: see {@code deploy/edge/README.md}. */
final class EdgeLog implements LogParser {

    private final ObjectMapper json;
    private final boolean speaksForCouchdb;

    /** @param speaksForCouchdb whether what CouchDB answered counts, besides what the edge itself refused */
    EdgeLog(ObjectMapper json, boolean speaksForCouchdb) {
        this.json = json;
        this.speaksForCouchdb = speaksForCouchdb;
    }

    @Override
    public List<Sighting> read(List<String> lines) {
        return lines.stream().flatMap(line -> entry(line).stream()).toList();
    }

    private Optional<Sighting> entry(String line) {
        if (!line.startsWith("{") || !(line.contains("\"status\":401") || line.contains("\"status\":403"))) {
            return Optional.empty();
        }
        try {
            return refused(json.readTree(line));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    private Optional<Sighting> refused(JsonNode line) {
        boolean byCouchdb = line.path("by").asText().equals("couchdb");
        if (byCouchdb && !speaksForCouchdb) {
            return Optional.empty();
        }
        var claimed = Optional.of(line.path("login").asText())
                .filter(login -> !login.isEmpty())
                .map(Fields::login);
        boolean proven = byCouchdb && line.path("status").asInt() == 403;
        return Fields.time(line.path("time").asText())
                .map(time -> new Refused(
                        time,
                        proven ? claimed : Optional.empty(),
                        proven ? Optional.empty() : claimed,
                        Fields.address(line.path("address").asText()),
                        Fields.method(line.path("method").asText()),
                        line.path("target").asText()));
    }
}
