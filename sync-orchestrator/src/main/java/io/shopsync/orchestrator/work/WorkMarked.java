package io.shopsync.orchestrator.work;

/** Databases have become due. Observed after the transaction's success, it wakes the workers of this process. */
public record WorkMarked(WorkKind kind) {}
