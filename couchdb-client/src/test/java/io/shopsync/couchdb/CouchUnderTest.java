package io.shopsync.couchdb;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The server that contract tests talk to: the one that {@code COUCHDB_URL} names, with a server admin's credentials. */
final class CouchUnderTest implements BeforeAllCallback, AfterEachCallback {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Queue<Database> made = new ConcurrentLinkedQueue<>();
    private CouchServer server;

    @Override
    public void beforeAll(ExtensionContext context) {
        var url = System.getenv("COUCHDB_URL");
        Assumptions.assumeTrue(url != null, "COUCHDB_URL names no server");
        server = CouchServer.connect(url);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        for (var database = made.poll(); database != null; database = made.poll()) {
            database.delete();
        }
    }

    /** Asked as a server admin. */
    CouchServer server() {
        return server;
    }

    /** A name that nobody used before, with a slash and a plus in it; the database is removed after the test. */
    Database absentDatabase() {
        var database = server.database("client/" + unique() + "+x");
        made.add(database);
        return database;
    }

    /** A new empty database, removed after the test. */
    Database database() {
        var database = absentDatabase();
        database.create(1);
        return database;
    }

    /** A word that nobody used before. */
    String unique() {
        var bytes = new byte[6];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
