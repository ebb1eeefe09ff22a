package io.shopsync.orchestrator.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

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

    /**
     * How many revisions of each document a database keeps the ids of, CouchDB's {@code _revs_limit}: the one quota it
     * has for a database. With a low one, a till that was offline for long makes conflicts of edits that are none.
     */
    @Min(20)
    @WithDefault("1000")
    int revsLimit();
}
