package io.shopsync.orchestrator.isolation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

/** How databases are scanned, and what becomes of what does not belong there. */
@ConfigMapping(prefix = "shopsync.isolation")
public interface IsolationConfig {

    /** What becomes of a document that does not belong where it is, once its copy is in quarantine. */
    @WithDefault("tombstone")
    RemovalPolicy removal();

    /** How many databases are scanned at once. */
    @WithDefault("8")
    int scansAtOnce();

    /** How many of one shop's databases are scanned at once. */
    @WithDefault("2")
    int scansAtOncePerShop();

    /** How many documents that do not belong are dealt with at a time. */
    @WithDefault("200")
    int batch();

    /** The database of the control plane that keeps the copies, open to server admins alone. */
    @WithDefault("shopsync_quarantine")
    String quarantineDatabase();

    /** The largest document, attachments included, that is copied into the quarantine, in bytes of JSON. */
    @WithDefault("67108864")
    long largestCopy();

    /**
     * How often at most a busy database's {@code _security}, guard and {@code _local} documents are looked at. Its
     * documents are looked at with each wake-up all the same.
     */
    @WithDefault("10s")
    Duration lookAroundEvery();

    /** How long a decision about a quarantined document may be under way before it counts as cut off. */
    @WithDefault("30s")
    Duration decisionTakes();

    /**
     * Databases that may exist though no shop owns them, besides CouchDB's own and the quarantine. A name that ends in
     * {@code *} stands for all that begin so.
     */
    @WithDefault("none")
    Set<String> knownDatabases();
}
