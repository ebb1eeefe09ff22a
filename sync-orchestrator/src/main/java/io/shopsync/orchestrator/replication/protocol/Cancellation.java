package io.shopsync.orchestrator.replication.protocol;

import io.shopsync.orchestrator.replication.protocol.ReplicationResult.Ending;
import java.util.function.Function;
import java.util.function.Supplier;

/** Lets any thread end what another does, by interrupting it, and keeps that interrupt from going further. */
final class Cancellation {

    private Thread running;
    private boolean cancelled;

    /** Ends what is guarded now and whatever would be guarded later. */
    synchronized void cancel() {
        cancelled = true;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Does {@code work} on this thread; what it throws becomes an ending. */
    Ending guard(Supplier<Ending> work, Function<RuntimeException, Ending> whenThrown) {
        if (!enter()) {
            return new Ending.Cancelled();
        }
        try {
            return work.get();
        } catch (RuntimeException e) {
            return whenThrown.apply(e);
        } finally {
            leave();
        }
    }

    private synchronized boolean enter() {
        if (cancelled) {
            return false;
        }
        running = Thread.currentThread();
        return true;
    }

    private synchronized void leave() {
        running = null;
        if (cancelled) {
            // Ours, and it has done its work. One of the caller's own at the same moment is lost with it.
            Thread.interrupted();
        }
    }
}
