package io.shopsync.orchestrator.proof;

/** How far a check is. */
enum CheckState {
    /** It waits for a worker. */
    QUEUED,
    /** It is at work. */
    RUNNING,
    /** Its report is there. */
    DONE,
    /** It was given up. */
    FAILED;

    boolean isOver() {
        return this == DONE || this == FAILED;
    }
}
