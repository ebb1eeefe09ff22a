package io.shopsync.orchestrator.sync;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much is told of how sync fares. */
@ConfigMapping(prefix = "shopsync.sync.samples")
public interface SampleConfig {

    /** The least time between two samples of one database or pair; those of which there is nothing new have none. */
    @WithDefault("1m")
    Duration every();

    /** How many databases, and how many pairs, are sampled in that time at most, over all shops. */
    @WithDefault("600")
    int most();

    /** How many shops, those that lag most, have a gauge of their own. */
    @WithDefault("10")
    int worstShops();
}
