package io.shopsync.couchdb.embedded.feed;

import io.shopsync.couchdb.embedded.http.Sink;
import io.shopsync.couchdb.embedded.store.Database;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Waits for updates of a database. One that comes while nobody waits is not lost. */
final class News implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final AutoCloseable subscription;
    private final Sink sink;
    private boolean any;

    News(Database database, Sink sink) {
        this.sink = sink;
        subscription = database.onUpdate(this::signal);
        sink.onGone(this::signal);
    }

    private void signal() {
        lock.lock();
        try {
            any = true;
            came.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * @return whether there was an update in this time
     * @throws Sink.ClientGone when nobody listens any more
     */
    boolean await(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(time.toMillis());
            while (!any && nanos > 0) {
                nanos = came.awaitNanos(nanos);
            }
            boolean told = any;
            any = false;
            if (sink.isGone()) {
                throw new Sink.ClientGone();
            }
            return told;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        try {
            subscription.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
