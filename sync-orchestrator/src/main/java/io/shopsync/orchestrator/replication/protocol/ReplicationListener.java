package io.shopsync.orchestrator.replication.protocol;

import java.util.List;

/** Hears of a run while it goes on. A method that throws ends the run as {@link ReplicationResult.Ending.Stopped}. */
public interface ReplicationListener {

    /** Hears nothing. */
    ReplicationListener NONE = new ReplicationListener() {};

    /**
     * Called before each write, by several threads at once; may block (interruptibly) to slow the run down.
     *
     * @param bytes of JSON
     */
    default void beforeWrite(int documents, long bytes) throws InterruptedException {}

    /** Revisions that were not copied; called by the running thread, before a checkpoint passes over them. */
    default void refused(List<RefusedDocument> documents) {}

    /** What the run has done so far; called by the running thread after each page. */
    default void progressed(Tally soFar) {}
}
