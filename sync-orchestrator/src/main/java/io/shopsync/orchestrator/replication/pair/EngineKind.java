package io.shopsync.orchestrator.replication.pair;

/** Who copies documents. */
public enum EngineKind {
    /** We, when a database has changed. */
    ON_CHANGE,
    /** CouchDB's own replicator, a job for each pair. */
    JOBS
}
