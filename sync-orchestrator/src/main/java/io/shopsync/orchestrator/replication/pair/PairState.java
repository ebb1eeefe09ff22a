package io.shopsync.orchestrator.replication.pair;

/** How the replication of a pair goes. */
public enum PairState {
    /** The target had all that the source had, and nothing has changed since as far as we know. */
    IDLE,
    /** It is due, and waits for its turn or for its shop to be ready. */
    WAITING,
    /** A run is under way. */
    SYNCING,
    /** It failed for a passing reason and is tried again by itself. */
    RETRYING,
    /** An operator has stopped it. */
    PAUSED,
    /** It failed for a reason that repeating does not mend; it is still tried every now and then. */
    FAILED,
    /** The target has all but documents that it refuses. */
    PARKED
}
