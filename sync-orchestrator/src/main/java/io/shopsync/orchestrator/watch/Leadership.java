package io.shopsync.orchestrator.watch;

import io.shopsync.orchestrator.platform.Jdbc;
import io.shopsync.orchestrator.platform.Lease;
import jakarta.enterprise.context.ApplicationScoped;

/** Which replica watches. Two that overlap for a moment double wake-ups, which does no harm. */
@ApplicationScoped
class Leadership {

    private final Lease lease;

    Leadership(Jdbc jdbc, WatchConfig config) {
        this.lease = new Lease(jdbc, "watcher", config.lease());
    }

    /** Takes or renews the lease; false where another replica holds it. */
    boolean hold() {
        return lease.hold();
    }

    /** Lets another replica take over at once. */
    void release() {
        lease.release();
    }
}
