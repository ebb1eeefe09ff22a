package io.shopsync.orchestrator.reconcile;

import io.shopsync.orchestrator.desired.DesiredShop;

/**
 * Hears that a shop is being removed. Every bean of this type is asked before the shop's databases are closed or
 * dropped; where one throws, the removal waits and is tried again.
 */
@FunctionalInterface
public interface BeforeRemoval {

    /** Ends what must not outlive the shop's databases; called again until the shop is removed. */
    void before(DesiredShop shop);
}
