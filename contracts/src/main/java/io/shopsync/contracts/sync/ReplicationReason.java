package io.shopsync.contracts.sync;

/** Why a database is not replicated: stable codes that people and scripts act on. */
public enum ReplicationReason {
    SOURCE_UNREACHABLE(true, "The server that documents are read from cannot be reached: see that it runs."),
    TARGET_UNREACHABLE(true, "The server that documents are written to cannot be reached: see that it runs."),
    SOURCE_OVERLOADED(true, "The server that documents are read from answers too late: look at its load."),
    TARGET_OVERLOADED(true, "The server that documents are written to answers too late: look at its load."),
    SOURCE_ERROR(true, "The server that documents are read from fails (5xx): look at its log."),
    TARGET_ERROR(true, "The server that documents are written to fails (5xx): look at its log."),
    SOURCE_REFUSED_US(true, "The server that documents are read from refuses our login: give it the right password."),
    TARGET_REFUSED_US(true, "The server that documents are written to refuses our login: give it the right password."),
    SOURCE_REFUSED_REQUEST(
            false, "The server that documents are read from refuses a request as wrong: is it a CouchDB?"),
    TARGET_REFUSED_REQUEST(
            false, "The server that documents are written to refuses a request as wrong: is it a CouchDB?"),
    SOURCE_MISSING(true, "The database that documents are read from does not exist."),
    TARGET_MISSING(true, "The database that documents are written to does not exist and is made anew."),
    TARGET_NOT_ALLOWED(false, "The edge's address is not allowed: give it another, or allow it in the configuration."),
    DOCUMENTS_REFUSED(false, "The target refuses documents that the source has: look at the list of them."),
    SHOP_NOT_READY(true, "The shop itself is not as wished yet: it comes first."),
    MADE_ANEW(true, "One of the databases was deleted and made anew meanwhile: it is copied from the beginning."),
    OVERTAKEN(true, "Something else writes the same checkpoint: is there a second control plane?"),
    JOB_CRASHING(true, "CouchDB's replicator has failed and tries again by itself."),
    JOB_FAILED(false, "CouchDB's replicator has given the job up."),
    JOB_STALLED(true, "CouchDB's replicator says that it runs, but does not advance: the job is made anew."),
    INTERNAL_ERROR(true, "A defect of ours; the log has the exception.");

    private final boolean passes;
    private final String advice;

    ReplicationReason(boolean passes, String advice) {
        this.passes = passes;
        this.advice = advice;
    }

    /** Whether the same may succeed later by itself, or once somebody mends what is outside of us. */
    public boolean passes() {
        return passes;
    }

    /** What it means and what to do. */
    public String advice() {
        return advice;
    }
}
