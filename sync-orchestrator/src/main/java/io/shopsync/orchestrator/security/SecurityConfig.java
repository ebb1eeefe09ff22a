package io.shopsync.orchestrator.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What isolation looks like in CouchDB. A change is brought to every shop in the background. */
@ConfigMapping(prefix = "shopsync.security")
public interface SecurityConfig {

    /**
     * What a shop's own admin login is to CouchDB. As a database admin it could delete the guard and open the database
     * to everyone, and only the repair of drift would stand against that.
     */
    @WithDefault("member")
    SecurityPolicy.ShopAdmin shopAdmin();

    /** What a deletion must look like: with the shop's id, or also bare, for clients that delete so. */
    @WithDefault("marked")
    Guard.Deletions deletions();
}
