package io.shopsync.couchdb.replicator;

import java.util.Locale;

/** Where a replication job stands, in CouchDB's words. */
public enum JobState {
    /** The scheduler has not looked at the document yet. */
    INITIALIZING,
    /** The document could not be made into a job. */
    ERROR,
    /** Waits for its turn. */
    PENDING,
    RUNNING,
    /** Failed and waits to be tried again. */
    CRASHING,
    /** A one-time job has ended. */
    COMPLETED,
    /** Will not be tried again. */
    FAILED,
    /** A word that this client does not know. */
    OTHER;

    /** The state that CouchDB's word stands for. */
    public static JobState of(String word) {
        for (var state : values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(word)) {
                return state;
            }
        }
        return OTHER;
    }
}
