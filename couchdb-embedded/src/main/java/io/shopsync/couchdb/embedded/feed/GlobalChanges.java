package io.shopsync.couchdb.embedded.feed;

import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.document.Document;
import io.shopsync.couchdb.embedded.document.History;
import io.shopsync.couchdb.embedded.identity.UserContext;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.store.Databases;
import io.shopsync.couchdb.embedded.store.Databases.Watcher;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes what happens to databases into {@code _global_changes}, one document an event and database, gathered for
 * {@code [global_changes] max_write_delay} (500 ms) as CouchDB does. What is gathered when the server stops is lost, as
 * there; and nothing is written while that database does not exist.
 */
public final class GlobalChanges implements AutoCloseable {
    static final String DATABASE = "_global_changes";

    private final Databases databases;
    private final Config config;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Thread writer;
    private Set<String> gathered = new LinkedHashSet<>();
    private boolean closed;

    public GlobalChanges(Databases databases, Config config) {
        this.databases = databases;
        this.config = config;
        databases.watch(this::happened);
        writer = Thread.ofVirtual().name("global-changes").start(this::run);
    }

    private void happened(String database, Watcher.Event event) {
        if (database.equals(DATABASE)) {
            return;
        }
        lock.lock();
        try {
            boolean first = gathered.isEmpty();
            gathered.add(event.name().toLowerCase(Locale.ROOT) + ":" + database);
            if (event != Watcher.Event.UPDATED) {
                gathered.add("updated:_dbs");
            }
            if (first) {
                woken.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            Set<String> events = gather();
            while (!events.isEmpty()) {
                write(events);
                events = gather();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a first event and then for more. Nothing comes any more once it is closed. */
    private Set<String> gather() throws InterruptedException {
        lock.lock();
        try {
            while (gathered.isEmpty() && !closed) {
                woken.await();
            }
            long nanos = TimeUnit.MILLISECONDS.toNanos(config.number("global_changes", "max_write_delay", 500));
            while (nanos > 0 && !closed) {
                nanos = woken.awaitNanos(nanos);
            }
            Set<String> events = closed ? Set.of() : gathered;
            gathered = new LinkedHashSet<>();
            return events;
        } finally {
            lock.unlock();
        }
    }

    private void write(Set<String> events) {
        try {
            Database database = databases.get(DATABASE);
            List<Document> documents = events.stream()
                    .map(id -> new Document(id, latest(database, id), false, Json.object(), List.of()))
                    .toList();
            database.write(documents, UserContext.SERVER, true);
        } catch (CouchError e) {
            // The database is gone, or went just now: so are the events, as in CouchDB.
        }
    }

    private static History latest(Database database, String id) {
        return database.documents()
                .entry(id)
                .filter(entry -> !entry.tree().isDeleted())
                .map(entry -> History.of(entry.tree().winner()))
                .orElse(History.NONE);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
