package io.shopsync.orchestrator.sync.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** From when a symptom counts. Each threshold is left again at its half. */
@ConfigMapping(prefix = "shopsync.sync.health")
public interface HealthConfig {

    /** What fails for so long makes a shop FAILING. */
    @WithDefault("1m")
    Duration failingAfter();

    /** What is behind and does not move for so long makes a shop STALLED. */
    @WithDefault("10m")
    Duration stalledAfter();

    /** What is behind for so long makes a shop LAGGING. */
    @WithDefault("2m")
    Duration laggingAfter();

    /** A shop is called better only after it was so for that long without a break. */
    @WithDefault("1m")
    Duration calmFor();

    /** How often a shop is looked at that is not well, or of which something is on its way. */
    @WithDefault("10s")
    Duration every();
}
