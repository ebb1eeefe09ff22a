package io.shopsync.orchestrator.replication.engine;

import io.shopsync.orchestrator.replication.pair.EngineKind;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How databases are replicated. */
@ConfigMapping(prefix = "shopsync.replication")
public interface ReplicationConfig {

    /** Who copies documents: {@code on-change}, or {@code jobs} of CouchDB's own replicator. */
    @WithDefault("on-change")
    EngineKind engine();

    /** For the engine {@code jobs}. */
    Jobs jobs();

    /** Databases that this process replicates to the standby at once. */
    @WithDefault("8")
    int runsAtOnce();

    /** Of those, of one shop. */
    @WithDefault("2")
    int runsAtOncePerShop();

    /** Databases that this process exchanges with edges at once, besides those for the standby. */
    @WithDefault("8")
    int exchangesAtOnce();

    /** After so many changes a run ends and its database goes to the back of the queue. */
    @WithDefault("20000")
    long changesPerRun();

    /** After this time, too. */
    @WithDefault("10s")
    Duration longestRun();

    /** Documents written in one request, in bytes of JSON. */
    @WithDefault("2097152")
    int batchBytes();

    /** Longer documents, attachments included, are not copied but noted as refused, in bytes of JSON. */
    @WithDefault("67108864")
    long largestDocument();

    /** The most that is written to targets of one shop in a second, in bytes of JSON. */
    @WithDefault("67108864")
    long bytesPerSecondPerShop();

    /** The pause after a first failure; it doubles with each further one. */
    @WithDefault("1s")
    Duration firstRetry();

    /** The longest pause after a failure that may pass. */
    @WithDefault("5m")
    Duration longestRetry();

    /**
     * The pause where a server refuses our password or the like, which a person must mend. CouchDB locks a login for five
     * minutes after five wrong passwords.
     */
    @WithDefault("2m")
    Duration retryOfRefusals();

    /** How soon a refused document is tried again the first time; doubled with each try. */
    @WithDefault("30s")
    Duration firstRetryOfDocuments();

    /** Jobs of CouchDB's own replicator. */
    interface Jobs {

        /** The base URL by which CouchDB reaches itself, without credentials. Absent: the one by which we reach it. */
        Optional<URI> ownUrl();

        /** How often a job that is behind is looked at. */
        @WithDefault("1s")
        Duration lookEvery();

        /** How often all jobs are looked over for those that crash, are gone, or were changed. */
        @WithDefault("15s")
        Duration watchEvery();

        /** A job that runs is stalled once the source has what the target lacks, and nothing moved for so long. */
        @WithDefault("2m")
        Duration stalledAfter();

        /** How often a job leaves a checkpoint. */
        @WithDefault("10s")
        Duration checkpointEvery();
    }
}
