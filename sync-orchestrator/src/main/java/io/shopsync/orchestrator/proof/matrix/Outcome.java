package io.shopsync.orchestrator.proof.matrix;

/** What came of an attempt. */
public enum Outcome {
    /** CouchDB let it in: it was answered, whatever the answer, or carried out. */
    LET_IN,
    /** CouchDB refused it. */
    REFUSED,
    /** There was no answer, or one that tells neither. */
    UNCLEAR
}
