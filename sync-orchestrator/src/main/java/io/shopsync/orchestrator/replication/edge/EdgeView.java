package io.shopsync.orchestrator.replication.edge;

import io.shopsync.contracts.DatabaseName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An edge as it is shown: without its password.
 *
 * @param databases logical names of those that are exchanged; empty for all
 */
@Schema(name = "Edge")
public record EdgeView(
        String name,
        String url,
        String username,
        String direction,
        List<String> databases,
        String changedBy,
        Instant changedAt) {

    static EdgeView of(Edge edge) {
        return new EdgeView(
                edge.name(),
                edge.url().toString(),
                edge.username(),
                edge.direction().name().toLowerCase(Locale.ROOT),
                edge.databases().stream().map(DatabaseName::value).toList(),
                edge.changedBy(),
                edge.changedAt());
    }
}
