package io.shopsync.provisioning.shop;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How shops are shown. */
@ConfigMapping(prefix = "shopsync.shops")
interface ShopConfig {

    /** After how long without a change a stream of progress shows that it is alive. */
    @WithDefault("15s")
    Duration progressHeartbeat();
}
