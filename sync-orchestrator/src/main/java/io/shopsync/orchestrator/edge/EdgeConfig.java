package io.shopsync.orchestrator.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The edges between tills and CouchDB. */
@ConfigMapping(prefix = "shopsync.edge")
public interface EdgeConfig {

    /**
     * The control door of each edge, {@code http://edge:8090}. Without one, feeds that are open when a shop is suspended or
     * its credentials are rotated go on until CouchDB ends them.
     */
    Optional<List<URI>> controlUrls();

    /** The secret that opens the doors, the same at each: {@code EDGE_CONTROL_TOKEN}. */
    Optional<String> controlToken();

    /** How long an edge may take to answer. */
    @WithDefault("3s")
    Duration timeout();
}
