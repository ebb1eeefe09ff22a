package io.shopsync.orchestrator.work;

/** What a database can be due for. */
public enum WorkKind {
    /** A look at what changed, for what does not belong there. */
    SCAN,
    /** Replication to the standby. */
    REPLICATE,
    /** Replication with the shop's own edges: apart, so that a slow one does not hold the standby up. */
    EXCHANGE
}
