package io.shopsync.orchestrator.isolation;

/** What becomes of a document that does not belong where it is, once its copy is in quarantine. */
public enum RemovalPolicy {
    /** A deletion that carries the shop's id follows it, and is replicated to tills and standby. */
    TOMBSTONE("tombstoned"),
    /** The revision is purged without a trace; tills that have it keep it. */
    PURGE("purged"),
    /** It stays where it is. */
    REPORT_ONLY("reported");

    private final String action;

    RemovalPolicy(String action) {
        this.action = action;
    }

    /** The word for it in findings. */
    String action() {
        return action;
    }
}
