package io.shopsync.couchdb.embedded.store;

import io.shopsync.couchdb.embedded.wire.CouchError;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps what is stored from growing without bound, as CouchDB's {@code smoosh} does: compacts databases that are mostly
 * waste, and has the store give back the space of what was removed.
 */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Housekeeping.class.getName());
    private static final int ROUND_MS = 1000;

    private final Store store;
    private final Collection<Database> databases;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("couchdb-housekeeping").factory());

    /** @param databases as they are at any time */
    Housekeeping(Store store, Collection<Database> databases) {
        this.store = store;
        this.databases = databases;
        var _ = thread.scheduleWithFixedDelay(this::tidy, ROUND_MS, ROUND_MS, TimeUnit.MILLISECONDS);
    }

    private void tidy() {
        try {
            databases.stream().filter(database -> database.state().isWasteful()).forEach(Housekeeping::compact);
            store.shrink();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Space is not given back", e);
        }
    }

    private static void compact(Database database) {
        try {
            database.compact();
        } catch (CouchError gone) {
            LOG.log(Level.DEBUG, "{0} is gone", database.name());
        }
    }

    /** Waits for the round that is under way. */
    @Override
    public void close() {
        Ending.of(thread);
    }
}
