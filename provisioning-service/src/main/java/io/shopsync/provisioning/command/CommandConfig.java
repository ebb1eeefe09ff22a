package io.shopsync.provisioning.command;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of commands. */
@ConfigMapping(prefix = "shopsync.commands")
interface CommandConfig {

    /** How long a deleted shop's databases are kept, unless the command says otherwise; the least an owner may choose. */
    @WithDefault("30d")
    Duration deletionGrace();

    /** The longest time of grace. */
    @WithDefault("365d")
    Duration longestDeletionGrace();
}
