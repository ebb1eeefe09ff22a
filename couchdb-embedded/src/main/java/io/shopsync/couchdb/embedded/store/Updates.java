package io.shopsync.couchdb.embedded.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** How far readers of changes may see, and who wants to be told when that is further. */
final class Updates {
    private final Store store;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile long settled;

    Updates(Store store, long settled) {
        this.store = store;
        this.settled = settled;
    }

    /** The latest update that would survive a crash. */
    long settled() {
        return settled;
    }

    /**
     * Waits for the disk, then lets readers see.
     *
     * @return whether that was news to them
     */
    boolean settle(long sequence) {
        store.settle();
        synchronized (listeners) {
            boolean news = sequence > settled;
            settled = Math.max(settled, sequence);
            return news;
        }
    }

    void tell() {
        listeners.forEach(Runnable::run);
    }

    /** Calls back at each {@link #tell}, on its thread. Closing ends that. */
    AutoCloseable listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
