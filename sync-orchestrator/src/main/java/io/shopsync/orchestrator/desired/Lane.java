package io.shopsync.orchestrator.desired;

/** Why a shop is due, so that wishes never queue behind the full pass. */
public enum Lane {
    /** A wish or a request waits. */
    URGENT,
    /** Its turn in the full pass has come, or its purge. */
    ROUTINE
}
