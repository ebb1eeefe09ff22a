package io.shopsync.provisioning.connection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** Where tills find CouchDB. */
@ConfigMapping(prefix = "shopsync.connection")
interface ConnectionConfig {

    /**
     * The address of CouchDB, or of the proxy in front of it, as tills reach it. It is shown, never called, by this
     * service.
     */
    @WithDefault("http://localhost:5984")
    URI couchdbUrl();
}
