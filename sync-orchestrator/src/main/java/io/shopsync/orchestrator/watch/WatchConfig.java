package io.shopsync.orchestrator.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the cluster's databases are watched. */
@ConfigMapping(prefix = "shopsync.watch")
public interface WatchConfig {

    /** Whether this replica takes part in the election of the watcher. */
    @WithDefault("true")
    boolean enabled();

    /**
     * The time between two sweeps, and so the longest time that a change may go unseen which the feed has lost. A sweep
     * of 10,000 databases costs CouchDB 3 to 8 seconds of CPU.
     */
    @WithDefault("5m")
    Duration sweepEvery();

    /** How long a watcher that died keeps others from taking its place. */
    @WithDefault("6s")
    Duration lease();

    /** How often CouchDB shows that the feed is alive; after three times this without a sign it is opened anew. */
    @WithDefault("5s")
    Duration heartbeat();

    /** How soon a broken feed is opened again the first time; doubled at each failure up to {@link #lease()}. */
    @WithDefault("250ms")
    Duration reconnectPause();
}
