package io.shopsync.orchestrator.reconcile;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How shops are brought to match their wishes. */
@ConfigMapping(prefix = "shopsync.reconcile")
public interface ReconcileConfig {

    /** Whether this process works on shops; one that does not still takes in wishes and answers questions. */
    @WithDefault("true")
    boolean enabled();

    /** Shops in flight at once in this process. */
    @WithDefault("96")
    int shopsInFlight();

    /** Of those, the most that the full pass may take, so that a wish always finds room. */
    @WithDefault("8")
    int routineShopsInFlight();

    /** How often the queue is looked at when nothing wakes the workers: the delay of retries, at worst. */
    @WithDefault("1s")
    Duration poll();

    /** How long a claim holds without being renewed: after a crash, a shop waits this long for another worker. */
    @WithDefault("15s")
    Duration lease();

    /** In this time every shop is looked at once, whatever happens, and put right. */
    @WithDefault("1h")
    Duration fullPass();

    /** The pause after a first failure; it doubles with each further one. */
    @WithDefault("500ms")
    Duration firstRetry();

    /** The longest pause between two tries. */
    @WithDefault("1m")
    Duration longestRetry();

    /** How often a defect of ours is tried again before the shop counts as failed. */
    @WithDefault("8")
    int triesOfDefects();

    /** How long a stop waits for the shops in flight. */
    @WithDefault("10s")
    Duration stopWithin();
}
