package io.shopsync.orchestrator.replication.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which edges may be set, and how they are asked. */
@ConfigMapping(prefix = "shopsync.replication.edges")
public interface EdgeConfig {

    /**
     * The keys that seal edges' passwords, each {@code id:key} with a key of 32 bytes in base64. The first seals, all of
     * them open. Without keys no edge can be set.
     */
    Optional<List<String>> keys();

    /** Hosts that an edge may be at: names, or {@code *.suffix}. Absent: any that is public. */
    Optional<Set<String>> allowedHosts();

    /** Whether addresses of private networks and of this machine are allowed, and plain HTTP: for trying things. */
    @WithDefault("false")
    boolean allowPrivate();

    /** How often an edge that documents are pulled from is asked what has changed. */
    @WithDefault("10s")
    Duration pollEvery();

    /** The longest pause between two questions to an edge that does not answer. */
    @WithDefault("5m")
    Duration longestPoll();

    /** Edges that this process asks at once. */
    @WithDefault("16")
    int pollsAtOnce();

    /** The most edges that a shop may have. */
    @WithDefault("8")
    int mostPerShop();
}
