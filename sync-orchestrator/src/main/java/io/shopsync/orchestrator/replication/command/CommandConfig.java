package io.shopsync.orchestrator.replication.command;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How commands are carried out. */
@ConfigMapping(prefix = "shopsync.replication.commands")
interface CommandConfig {

    /** Commands that this process carries out at once. */
    @WithDefault("2")
    int atOnce();

    /** How long a command waits for the runs that it asked for. */
    @WithDefault("10m")
    Duration patience();

    /** How long a command that ended can be asked about. */
    @WithDefault("30d")
    Duration kept();
}
