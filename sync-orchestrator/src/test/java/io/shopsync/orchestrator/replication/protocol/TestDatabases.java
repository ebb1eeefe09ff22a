package io.shopsync.orchestrator.replication.protocol;

import io.shopsync.couchdb.CouchOptions;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Credentials;
import io.shopsync.couchdb.Database;
import io.shopsync.stack.testing.CouchResource;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fresh databases on the server that tests run against; they are removed after each test. */
final class TestDatabases implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private final List<Database> made = new ArrayList<>();
    private CouchServer server;

    @Override
    public void beforeAll(ExtensionContext context) {
        server = CouchServer.connect(options(CouchResource.address().url()));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        made.forEach(Database::delete);
        made.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.close();
    }

    /** An empty database. */
    Database fresh(String role) {
        var database = server.database("replication-" + role + '-' + UUID.randomUUID());
        database.create(1);
        made.add(database);
        return database;
    }

    /** Where the server is. */
    static URI url() {
        return CouchResource.address().url();
    }

    /** The usual options, as a server admin, for a server at {@code url}. */
    static CouchOptions options(URI url) {
        var address = CouchResource.address();
        return CouchOptions.of(url.toString())
                .withCredentials(Credentials.basic(address.username(), address.password()));
    }
}
