package io.shopsync.couchdb;

import io.shopsync.couchdb.embedded.EmbeddedCouch;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The server that contract tests talk to: the one that {@code COUCHDB_URL} names, with a server admin's credentials in it,
 * or else the embedded one.
 */
final class CouchUnderTest implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Queue<Database> made = new ConcurrentLinkedQueue<>();
    private CouchServer server;

    @Override
    public void beforeAll(ExtensionContext context) {
        server = CouchServer.connect(url());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.close();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        for (var database = made.poll(); database != null; database = made.poll()) {
            database.delete();
        }
    }

    /** The server's URL with a server admin's credentials in it. */
    static String url() {
        var given = System.getenv("COUCHDB_URL");
        return given == null || given.isBlank() ? Embedded.URL : given;
    }

    /** Started when it is first asked for; it ends with the JVM. */
    private static final class Embedded {
        private static final String URL = start();

        private static String start() {
            // Tests log in with wrong passwords on purpose.
            var couch = EmbeddedCouch.builder()
                    .inMemory()
                    .admin("admin", "admin")
                    .lockOut(false)
                    .start(0);
            return "http://admin:admin@127.0.0.1:" + couch.port();
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
