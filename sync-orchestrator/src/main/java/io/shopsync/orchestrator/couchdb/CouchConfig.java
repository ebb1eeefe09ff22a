package io.shopsync.orchestrator.couchdb;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Which CouchDB this service keeps. */
@ConfigMapping(prefix = "shopsync.couchdb")
public interface CouchConfig {

    /** Base URL of the cluster, without credentials: {@code http://127.0.0.1:5984}. */
    @WithDefault("http://127.0.0.1:5984")
    String url();

    /** A server admin's name. */
    @WithDefault("admin")
    String username();

    /** The server admin's password. */
    String password();

    /** Shards of a new database: one is enough for a shop's, and costs half of CouchDB's default of two. */
    @WithDefault("1")
    int q();

    /** How long a connection may take. */
    @WithDefault("3s")
    Duration connectTimeout();

    /** How long the answer to a request may take. */
    @WithDefault("20s")
    Duration requestTimeout();

    /** The most requests that are in flight at once. */
    @WithDefault("128")
    int maxRequests();

    /** The gate shuts after this many failures to reach CouchDB with no success in between. */
    @WithDefault("8")
    int failuresToShut();

    /** How soon a shut gate is tried again the first time. */
    @WithDefault("500ms")
    Duration firstProbe();

    /** The longest time between two tries of a shut gate. */
    @WithDefault("10s")
    Duration longestProbe();
}
