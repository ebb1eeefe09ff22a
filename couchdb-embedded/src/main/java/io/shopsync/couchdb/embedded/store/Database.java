package io.shopsync.couchdb.embedded.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.document.Document;
import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.identity.UserContext;
import io.shopsync.couchdb.embedded.validation.Validation;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One database. Writers take turns; readers never wait. A reader of changes sees an update when it would survive a
 * crash, so that no sequence it was given can come to mean something else.
 */
public final class Database {
    private final Databases all;
    private final Store store;
    private final int number;
    private final String name;
    private final LocalDocuments locals;
    private final ReentrantLock writing = new ReentrantLock();
    private final Documents documents;
    private final DocumentWriter writer;
    private final DesignDocuments designs;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    /** The latest update that would survive a crash: readers of changes see no further. */
    private volatile long settled;

    private volatile Security security;
    private volatile boolean gone;

    Database(Databases all, Store store, int number, String name, State state) {
        this.all = all;
        this.store = store;
        this.number = number;
        this.name = name;
        documents = new Documents(store, number);
        writer = new DocumentWriter(store, number, state);
        designs = new DesignDocuments(documents);
        settled = state.sequence();
        locals = new LocalDocuments(store, number);
    }

    public String name() {
        return name;
    }

    int number() {
        return number;
    }

    /** To be used under the lock of writers. */
    DocumentWriter writer() {
        return writer;
    }

    /** What it knows of itself. What is written just now may be in it already. */
    public State state() {
        return writer.state();
    }

    /** The number of the latest update. */
    public long updateSequence() {
        return settled;
    }

    public LocalDocuments locals() {
        return locals;
    }

    /** Deleted while someone still holds it. */
    public boolean isGone() {
        return gone;
    }

    void drop() {
        gone = true;
        listeners.forEach(Runnable::run);
    }

    /** Its documents, to be read. */
    public Documents documents() {
        return documents;
    }

    /** The design documents that are not deleted. */
    public Set<String> designIds() {
        return designs.ids();
    }

    /** Takes the place of a document in the order of updates. */
    @FunctionalInterface
    public interface ChangeVisitor {
        boolean visit(long sequence, String id);
    }

    /**
     * Passes the documents whose latest update is after {@code since}, by its order or against it, each of them once. An
     * update that would not survive a crash yet is waited for: leaving it out would leave out the document, which was
     * somewhere else in the order before.
     */
    public void changes(long since, boolean descending, ChangeVisitor visitor) {
        record Order(long until, Store.Scan scan) {}
        Order order = store.betweenChanges(() -> new Order(
                state().sequence(),
                store.open(Keys.of(number, Keys.SEQUENCE, since + 1), Keys.end(number, Keys.SEQUENCE), descending)));
        settle(order.until());
        order.scan().pass((key, value) -> visitor.visit(Keys.number(key), new String(value, StandardCharsets.UTF_8)));
    }

    /** A document's revisions as they would survive a crash; empty when it was never there. */
    public Optional<Entry> settledEntry(String id) {
        Optional<Entry> found = documents.entry(id);
        found.ifPresent(entry -> settle(entry.sequence()));
        return found;
    }

    private void settle(long sequence) {
        if (sequence > settled) {
            publish(sequence);
        }
    }

    /** How many documents have changed since. */
    public long changesSince(long since) {
        return store.count(Keys.of(number, Keys.SEQUENCE, since + 1), Keys.of(number, Keys.SEQUENCE, settled + 1));
    }

    /**
     * Writes a batch, and returns when it would survive a crash.
     *
     * @param newEdits whether the server makes new revisions; else the documents are merged as the revisions they are
     * @return what became of each, in their order; null for a replica without news
     * @throws CouchError where the whole batch is refused
     */
    public List<Written> write(List<Document> batch, UserContext user, boolean newEdits) {
        List<Document> hooked = all.beforeWrite(this, batch, user);
        Done<List<Written>> done = exclusively(() -> {
            List<Written> outcome = new Update(this, user, newEdits, hooked).apply(hooked);
            if (hooked.stream().anyMatch(document -> Document.isDesign(document.id()))) {
                designs.changed();
            }
            return new Done<>(outcome, state().sequence());
        });
        publish(done.sequence());
        return done.outcome();
    }

    /** What was done under the lock of writers, and how far updates were then. */
    private record Done<T>(T outcome, long sequence) {}

    private void publish(long sequence) {
        if (reach(sequence)) {
            listeners.forEach(Runnable::run);
            all.updated(this);
        }
    }

    /** Waits for the disk, then lets readers see. @return whether that was news to them */
    private boolean reach(long sequence) {
        store.settle();
        synchronized (listeners) {
            boolean news = sequence > settled;
            settled = Math.max(settled, sequence);
            return news;
        }
    }

    /** Calls back after each update, on the writer's thread: be brief. Running what is returned ends that. */
    public Runnable onUpdate(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Who may do what. */
    public Security security() {
        Security known = security;
        if (known == null) {
            byte[] bytes = store.get(Keys.of(number, Keys.SECURITY));
            known = bytes == null ? Security.closed() : Security.of((ObjectNode) Json.parse(bytes));
            security = known;
        }
        return known;
    }

    /** @throws CouchError 500 {@code no_majority} for a malformed one, and to a user who may not */
    public void setSecurity(JsonNode json, UserContext user) {
        if (!security().isAdmin(user)) {
            throw Security.refused();
        }
        Security wanted = Security.parse(json);
        settings(() -> {
            store.put(Keys.of(number, Keys.SECURITY), Json.bytes(wanted.json()));
            security = wanted;
        });
    }

    /** Remembers at most so many revisions of a branch from the next update on. */
    public void setRevsLimit(int limit) {
        settings(() -> writer.state(state().withRevsLimit(limit)));
    }

    /** A setting counts as an update, as it does in CouchDB: whoever compares sequences notices. */
    private void settings(Runnable change) {
        long sequence = exclusively(() -> {
            store.change(() -> {
                change.run();
                writer.state(state().nextSequence());
            });
            return state().sequence();
        });
        reach(sequence);
    }

    /** Removes leaves as if they had never been. Answers with those that were there, by document. */
    public Map<String, List<Revision>> purge(Map<String, List<Revision>> wanted) {
        Map<String, List<Revision>> purged =
                exclusively(() -> new Maintenance(documents, writer, store, number).purge(wanted));
        publish(state().sequence());
        return purged;
    }

    /** Removes bodies and attachments that no leaf shows. */
    public void compact() {
        exclusively(() -> {
            new Maintenance(documents, writer, store, number).compact();
            return null;
        });
        store.settle();
    }

    /** Maintenance under the lock of writers. */
    <T> T exclusively(Supplier<T> work) {
        writing.lock();
        try {
            requireHere();
            return work.get();
        } finally {
            writing.unlock();
        }
    }

    void requireHere() {
        if (gone) {
            throw CouchError.noDatabase();
        }
    }

    Databases.Hook hook() {
        return all.hookOf(this);
    }

    Validation validation() {
        return all.validation();
    }

    DesignDocuments designs() {
        return designs;
    }
}
