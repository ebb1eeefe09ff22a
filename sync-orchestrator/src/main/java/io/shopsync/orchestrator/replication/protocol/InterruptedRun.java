package io.shopsync.orchestrator.replication.protocol;

/** The thread of a run was interrupted; its flag is set. */
final class InterruptedRun extends RuntimeException {}
