package io.shopsync.couchdb.embedded.store;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** How threads end that may be in the store: not by an interrupt, for that would close its file. */
public final class Ending {
    /** More than a validation function may take. */
    private static final int PATIENCE_S = 15;

    private Ending() {}

    /**
     * Lets nothing begin any more, and waits for what has begun.
     *
     * @return false where that goes on for too long
     */
    public static boolean of(ExecutorService work) {
        work.shutdown();
        try {
            return work.awaitTermination(PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
