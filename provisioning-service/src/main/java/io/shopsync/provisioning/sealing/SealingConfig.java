package io.shopsync.provisioning.sealing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** The keys under which secrets are kept. */
@ConfigMapping(prefix = "shopsync.credentials")
interface SealingConfig {

    /**
     * The keys, each {@code id:key} with a key of 32 bytes in base64 ({@code openssl rand -base64
     * 32}). The first one seals, all of them open. To change keys: put a new one in front, wait until nothing is
     * sealed with the old one any more (metric {@code shopsync.credentials.stale}), take the old one out.
     */
    List<String> keys();

    /** How often secrets are looked for that another key than the first has sealed. */
    @WithDefault("1h")
    Duration resealEvery();
}
