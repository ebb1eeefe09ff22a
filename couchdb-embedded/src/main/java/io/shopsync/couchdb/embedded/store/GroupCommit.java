package io.shopsync.couchdb.embedded.store;

import io.shopsync.couchdb.embedded.wire.CouchError;

/** One commit for all who wait: while one is on its way to the disk, the next gathers its writers. */
final class GroupCommit {
    private final Runnable commit;
    private final Thread thread;
    private long wanted;
    private long done;
    private boolean closed;
    private RuntimeException failure;

    GroupCommit(Runnable commit) {
        this.commit = commit;
        thread = Thread.ofPlatform().daemon().name("couchdb-commit").start(this::run);
    }

    /** @throws CouchError 500 when the disk did not take it: nothing is acknowledged that could be lost */
    synchronized void await() {
        long mine = ++wanted;
        notifyAll();
        boolean interrupted = false;
        while (done < mine && failure == null && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (done < mine) {
            throw new CouchError(500, "internal_server_error", "The write could not be stored.");
        }
    }

    private void run() {
        while (true) {
            long upTo;
            synchronized (this) {
                while (wanted == done && !closed) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        closed = true;
                    }
                }
                if (closed) {
                    return;
                }
                upTo = wanted;
            }
            RuntimeException failed = null;
            try {
                commit.run();
            } catch (RuntimeException e) {
                failed = e;
            }
            synchronized (this) {
                if (failed == null) {
                    done = upTo;
                } else {
                    failure = failed;
                }
                notifyAll();
            }
        }
    }

    void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
