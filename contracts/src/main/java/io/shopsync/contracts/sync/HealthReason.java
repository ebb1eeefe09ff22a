package io.shopsync.contracts.sync;

/** Why a shop's sync is not OK: stable codes that people and scripts act on. */
public enum HealthReason {
    REPLICATION_FAILING("Replication to a target fails: the target's own error says why and what to do."),
    DATABASE_UNREADABLE(
            "CouchDB does not answer for a database of the shop: look at its state, then at CouchDB's log."),
    REPLICATION_STALLED(
            "A target is behind and does not advance, with no error: sync the database now, then look at the "
                    + "orchestrator's log and at the load of both servers."),
    DEVICES_STOPPED(
            "No device reads a database that goes on changing: see whether the shop's tills can reach CouchDB with "
                    + "their login."),
    REPLICATION_LAGGING("A target is behind for longer than usual: look at the load of both servers."),
    DOCUMENTS_REFUSED("A target refuses documents that the source has: look at the list of them."),
    DEVICE_BEHIND("A device is behind while others are not: see whether it is switched on, and what it logs."),
    RECOVERED("Nothing to do: what was behind or failed is well again.");

    private final String advice;

    HealthReason(String advice) {
        this.advice = advice;
    }

    /** What to do. */
    public String advice() {
        return advice;
    }
}
