package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.Envelope;
import java.util.List;

/**
 * Says what a drift means. Every bean of this type is asked in the transaction that records the repair, and what it
 * answers is published with it, or not at all.
 */
@FunctionalInterface
public interface DriftWitness {

    /** The events to publish about the drift, caused by its report. */
    List<Envelope<?>> witness(Drift drift);
}
