package io.shopsync.couchdb.embedded.store;

import io.shopsync.couchdb.embedded.wire.CouchError;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One commit for all who wait: while one is on its way to the disk, the next gathers its writers. */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = System.getLogger(GroupCommit.class.getName());

    private final Runnable commit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long wanted;
    private long done;
    private boolean closed;
    private boolean ended;

    GroupCommit(Runnable commit) {
        this.commit = commit;
        Thread.ofPlatform().daemon().name("couchdb-commit").start(this::run);
    }

    /** @throws CouchError 500 when the disk did not take it: nothing is acknowledged that could be lost */
    void await() {
        lock.lock();
        try {
            long mine = ++wanted;
            moved.signalAll();
            while (done < mine && !ended) {
                moved.awaitUninterruptibly();
            }
            if (done < mine) {
                throw new CouchError(500, "internal_server_error", "The write could not be stored.");
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            long upTo = next();
            while (upTo > done) {
                commit.run();
                reach(upTo);
                upTo = next();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Nothing can be stored any more", e);
        } finally {
            end();
        }
    }

    /** Waits for writers. @return the last of them; what is done already when there will be no more */
    private long next() {
        lock.lock();
        try {
            while (wanted == done && !closed) {
                moved.awaitUninterruptibly();
            }
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    private void reach(long upTo) {
        lock.lock();
        try {
            done = upTo;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when all who wait have been told. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            moved.signalAll();
            while (!ended) {
                moved.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
