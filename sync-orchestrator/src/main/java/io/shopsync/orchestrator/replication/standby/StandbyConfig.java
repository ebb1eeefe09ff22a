package io.shopsync.orchestrator.replication.standby;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where the standby is; without a URL there is none. */
@ConfigMapping(prefix = "shopsync.replication.standby")
public interface StandbyConfig {

    /** Base URL of the cluster, without credentials. */
    Optional<String> url();

    /** A server admin's name. */
    @WithDefault("admin")
    String username();

    /** The server admin's password; needed with a URL. */
    Optional<String> password();

    /** In this time every shop is compared with its wish at the standby once, whatever happens, and put right. */
    @WithDefault("6h")
    Duration fullPass();
}
