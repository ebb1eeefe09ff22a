package io.shopsync.couchdb.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.document.Document;
import io.shopsync.couchdb.embedded.identity.UserContext;
import io.shopsync.couchdb.embedded.validation.Validation;
import io.shopsync.couchdb.embedded.wire.CouchError;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** All databases of the server. */
public final class Databases implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_$()+/-]*");
    private static final List<String> SYSTEM = List.of("_users", "_replicator", "_global_changes");
    private static final int MAX_NAME = 238;
    /** The names of all databases are kept as local documents, so to say, of a database that has none else. */
    private static final int NAMES = 0;

    private final Store store;
    private final Housekeeping housekeeping;
    private final Validation validation;
    private final NavigableMap<String, Database> byName = new ConcurrentSkipListMap<>();
    private final Map<String, Hook> hooks = new ConcurrentHashMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private int last = NAMES;

    private Databases(Store store, Validation validation) {
        this.store = store;
        this.validation = validation;
        store.scan(Keys.of(NAMES, Keys.LOCAL), Keys.end(NAMES, Keys.LOCAL), false, (key, value) -> {
            int number = (int) Keys.number(value);
            State state = Codec.state(store.get(Keys.of(number, Keys.STATE)));
            String name = Keys.id(key);
            byName.put(name, new Database(this, store, number, name, state));
            last = Math.max(last, number);
            return true;
        });
        housekeeping = new Housekeeping(store, byName.values());
    }

    public static Databases inMemory(Validation validation) {
        return new Databases(Store.inMemory(), validation);
    }

    /** What is in this directory, which is made if need be. */
    public static Databases open(Path directory, Validation validation) {
        return new Databases(Store.open(directory), validation);
    }

    /** @throws CouchError 404 {@code Database does not exist.} */
    public Database get(String name) {
        Database database = byName.get(name);
        if (database == null) {
            throw CouchError.noDatabase();
        }
        return database;
    }

    public boolean exists(String name) {
        return byName.containsKey(name);
    }

    /** All databases, in order of name. */
    public NavigableMap<String, Database> all() {
        return Collections.unmodifiableNavigableMap(byName);
    }

    /** @throws CouchError 400 for a name, 412 for one that is taken */
    public Database create(String name) {
        if (!NAME.matcher(name).matches() && !SYSTEM.contains(name)) {
            throw new CouchError(
                    400,
                    "illegal_database_name",
                    "Name: '" + name + "'. Only lowercase characters (a-z), digits (0-9), and any of the characters"
                            + " _, $, (, ), +, -, and / are allowed. Must begin with a letter.");
        }
        if (name.length() > MAX_NAME) {
            throw new CouchError(
                    400, "database_name_too_long", "At least one path segment of `" + name + "` is too long.");
        }
        Database database;
        synchronized (this) {
            if (byName.containsKey(name)) {
                throw new CouchError(412, "file_exists", "The database could not be created, the file already exists.");
            }
            last++;
            String uuid = UUID.randomUUID().toString().replace("-", "");
            State state = State.fresh(uuid, Clock.systemUTC().instant().getEpochSecond());
            store.change(() -> {
                store.put(Keys.of(last, Keys.STATE), Codec.state(state));
                store.put(Keys.of(NAMES, Keys.LOCAL, name), Keys.of(last, Keys.LOCAL, last));
            });
            database = new Database(this, store, last, name, state);
            byName.put(name, database);
        }
        store.settle();
        watchers.forEach(watcher -> watcher.happened(name, Watcher.Event.CREATED));
        return database;
    }

    /** @throws CouchError 404 */
    public void delete(String name) {
        synchronized (this) {
            Database database = get(name);
            byName.remove(name);
            database.exclusively(() -> {
                database.drop();
                return null;
            });
            store.change(() -> store.remove(Keys.of(NAMES, Keys.LOCAL, name)));
            store.clear(database.number());
        }
        store.settle();
        watchers.forEach(watcher -> watcher.happened(name, Watcher.Event.DELETED));
    }

    /**
     * What is done to documents of one database beside storing them: {@code _users} derives keys,
     * {@code _replicator} checks and adds the owner.
     */
    public interface Hook {
        /** @return the document to store, with {@code _id}. Throws CouchError to refuse the whole batch. */
        ObjectNode beforeWrite(ObjectNode document, UserContext user);

        /**
         * Refuses a document by throwing CouchError, once it is sure that it conflicts with nothing.
         *
         * @param previous the revision it builds on, or null
         * @param admin whether the user is admin of the database or the server
         */
        default void validate(ObjectNode document, ObjectNode previous, UserContext user, boolean admin) {}

        /** @return the document to show */
        default ObjectNode afterRead(ObjectNode document, UserContext user) {
            return document;
        }
    }

    /** Sets the hook of a database, which need not exist yet. */
    public void hook(String database, Hook hook) {
        hooks.put(database, hook);
    }

    /** Hears what happens to databases, on the thread it happens on: be brief. */
    @FunctionalInterface
    public interface Watcher {
        /** What happened. */
        enum Event {
            CREATED,
            UPDATED,
            DELETED
        }

        void happened(String database, Event event);
    }

    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    void updated(Database database) {
        watchers.forEach(watcher -> watcher.happened(database.name(), Watcher.Event.UPDATED));
    }

    /** What is done to documents of this database, or null. */
    Hook hookOf(Database database) {
        return hooks.get(database.name());
    }

    Validation validation() {
        return validation;
    }

    List<Document> beforeWrite(Database database, List<Document> documents, UserContext user) {
        Hook hook = hooks.get(database.name());
        if (hook == null) {
            return documents;
        }
        return documents.stream()
                .map(document -> Document.isLocal(document.id()) ? document : hooked(hook, document, user))
                .toList();
    }

    private static Document hooked(Hook hook, Document document, UserContext user) {
        ObjectNode json = document.body().deepCopy().put("_id", document.id());
        if (document.deleted()) {
            json.put("_deleted", true);
        }
        return document.withBody(Document.parse(hook.beforeWrite(json, user)).body());
    }

    /** Whether documents of this database are shown to each user in another way. */
    public boolean isHooked(Database database) {
        return hooks.containsKey(database.name());
    }

    /** The document as this user may see it. */
    public ObjectNode afterRead(Database database, ObjectNode document, UserContext user) {
        Hook hook = hooks.get(database.name());
        return hook == null ? document : hook.afterRead(document, user);
    }

    @Override
    public void close() {
        housekeeping.close();
        store.close();
    }
}
