package io.shopsync.orchestrator.sync.device;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often checkpoints are looked at, and what follows from their age. */
@ConfigMapping(prefix = "shopsync.sync.look")
public interface LookConfig {

    /** Whether this replica looks by itself; what somebody asks for is looked at anyway. */
    @WithDefault("true")
    boolean enabled();

    /** Databases a replica looks at in a second, critical shops' not counted. Each costs CouchDB two small requests or more. */
    @WithDefault("4")
    int databasesPerSecond();

    /** How long after a change a database is looked at: tills need a moment to leave their checkpoint. */
    @WithDefault("2s")
    Duration settle();

    /** The least time between two looks at a database that keeps changing, or of which a device is behind. */
    @WithDefault("15s")
    Duration spacing();

    /** The time between two looks at a database that does not change and of which nobody is behind. */
    @WithDefault("1h")
    Duration idleEvery();

    /** The time between two looks at a database of a critical shop. */
    @WithDefault("1s")
    Duration criticalEvery();

    /** How many shops can be critical at once: each costs CouchDB about eight requests a second. */
    @WithDefault("10")
    int criticalShops();

    /** What is asked for is looked at anew where the last look is older. */
    @WithDefault("1s")
    Duration freshFor();

    /** How long a failed look waits to be repeated. */
    @WithDefault("30s")
    Duration retryAfter();

    /** Devices of one database that are kept track of. */
    @WithDefault("500")
    int devicesPerDatabase();

    /** A device that did not move while its database went on changing for so long has stopped. */
    @WithDefault("10m")
    Duration stoppedAfter();

    /** A device that did not move for so long is no longer counted. */
    @WithDefault("30d")
    Duration goneAfter();
}
