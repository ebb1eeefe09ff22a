package io.shopsync.orchestrator.work;

/** What a database can be due for. */
public enum WorkKind {
    /** A look at what changed, for what does not belong there. */
    SCAN,
    /** Replication to the targets. */
    REPLICATE
}
