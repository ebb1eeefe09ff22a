package io.shopsync.contracts.sync;

/** How the sync of a shop is, the better the earlier. */
public enum SyncHealth {
    /** Everything is where it should be, or on its way there. */
    OK,
    /** Something is behind for longer than it should be. */
    LAGGING,
    /** Something is behind and does not move. */
    STALLED,
    /** Something fails, again and again. */
    FAILING;

    /** Whether it is worse than another. */
    public boolean worseThan(SyncHealth other) {
        return compareTo(other) > 0;
    }
}
