package io.shopsync.audit.metric;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the samples. */
@ConfigMapping(prefix = "shopsync.samples")
interface SampleConfig {

    /** How many days, beyond the present one, samples are kept. */
    @WithDefault("30")
    int daysKept();

    /** How many days, beyond the present one, have their partition made ahead. */
    @WithDefault("2")
    int daysAhead();
}
