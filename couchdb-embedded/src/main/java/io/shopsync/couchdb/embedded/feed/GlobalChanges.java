package io.shopsync.couchdb.embedded.feed;

import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.document.Document;
import io.shopsync.couchdb.embedded.document.History;
import io.shopsync.couchdb.embedded.identity.UserContext;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.store.Databases;
import io.shopsync.couchdb.embedded.store.Databases.Watcher;
import io.shopsync.couchdb.embedded.store.Ending;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Writes what happens to databases into {@code _global_changes}, one document an event and database, gathered for
 * {@code [global_changes] max_write_delay} (500 ms) as CouchDB does. What is gathered when the server stops is lost, as
 * there; and nothing is written while that database does not exist.
 */
public final class GlobalChanges implements AutoCloseable {
    static final String DATABASE = "_global_changes";

    private final Databases databases;
    private final Config config;
    private final ScheduledThreadPoolExecutor writer = new ScheduledThreadPoolExecutor(
            1, Thread.ofVirtual().name("global-changes").factory());
    private Set<String> gathered = new LinkedHashSet<>();

    public GlobalChanges(Databases databases, Config config) {
        this.databases = databases;
        this.config = config;
        writer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        writer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        databases.watch(this::happened);
    }

    private synchronized void happened(String database, Watcher.Event event) {
        if (database.equals(DATABASE)) {
            return;
        }
        if (gathered.isEmpty()) {
            int delay = config.number("global_changes", "max_write_delay", 500);
            var _ = writer.schedule(() -> write(taken()), delay, TimeUnit.MILLISECONDS);
        }
        gathered.add(event.name().toLowerCase(Locale.ROOT) + ":" + database);
        if (event != Watcher.Event.UPDATED) {
            gathered.add("updated:_dbs");
        }
    }

    private synchronized Set<String> taken() {
        Set<String> events = gathered;
        gathered = new LinkedHashSet<>();
        return events;
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

    /** Waits for what is being written. */
    @Override
    public void close() {
        Ending.of(writer);
    }
}
