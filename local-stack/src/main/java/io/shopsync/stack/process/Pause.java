package io.shopsync.stack.process;

import java.time.Duration;

/** Waiting for time to pass: between two looks at another process, which calls nobody, or while it is measured. */
public final class Pause {

    private Pause() {}

    /** Waits for so long. */
    public static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
