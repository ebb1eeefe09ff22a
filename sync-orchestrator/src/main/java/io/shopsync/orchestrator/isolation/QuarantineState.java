package io.shopsync.orchestrator.isolation;

/** How far a quarantined document is. */
enum QuarantineState {
    /** Its copy is stored; the original may still be where it was found. */
    COPIED,
    /** It was dealt with by policy and reported; a person may decide about it. */
    SETTLED,
    /** It is being released. */
    RELEASING,
    /** It was released; its copy is gone. */
    RELEASED,
    /** It is being discarded. */
    DISCARDING,
    /** It was discarded; its copy is gone. */
    DISCARDED
}
