package io.shopsync.orchestrator.replication.pair;

/** Which way documents go, as seen from our CouchDB. */
public enum Direction {
    /** To the target. */
    PUSH,
    /** From the target. */
    PULL
}
