package io.shopsync.couchdb.embedded.feed;

import io.shopsync.couchdb.embedded.http.Sink;
import io.shopsync.couchdb.embedded.store.Database;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits for updates of a database. One that comes while nobody waits is not lost. */
final class News implements AutoCloseable {
    private final Semaphore came = new Semaphore(0);
    private final Sink sink;
    private final Runnable end;

    News(Database database, Sink sink) {
        this.sink = sink;
        end = database.onUpdate(came::release);
        sink.onGone(came::release);
    }

    /**
     * @return whether there was an update in this time
     * @throws Sink.ClientGone when nobody listens any more
     */
    boolean await(Duration time) throws InterruptedException {
        boolean told = came.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
        came.drainPermits();
        if (sink.isGone()) {
            throw new Sink.ClientGone();
        }
        return told;
    }

    @Override
    public void close() {
        end.run();
    }
}
