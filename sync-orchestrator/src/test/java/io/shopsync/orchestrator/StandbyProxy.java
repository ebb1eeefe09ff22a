package io.shopsync.orchestrator;

import static org.awaitility.Awaitility.await;

import io.shopsync.couchdb.CouchServer;
import io.shopsync.orchestrator.replication.Standbys;
import io.shopsync.stack.testing.CouchResource;

/** Stands between the service and a standby CouchDB, where the service has a server admin of its own. */
public final class StandbyProxy extends CouchProxy {

    /** The system property with its URL. */
    static final String URL = "test.couch.standby.proxy";

    private static final String ADMIN = "shopsync-test-keeper";
    private static final String PASSWORD = "what the service knows";

    @Override
    protected CouchResource.Address upstream() {
        try (var standby = Standbys.connect()) {
            setPassword(standby, PASSWORD);
        }
        return new CouchResource.Address(CouchResource.standby().url(), ADMIN, PASSWORD);
    }

    @Override
    public void stop() {
        super.stop();
        try (var standby = Standbys.connect()) {
            standby.config().delete("admins", ADMIN);
        }
    }

    @Override
    protected String urlProperty() {
        return URL;
    }

    @Override
    protected String prefix() {
        return "shopsync.replication.standby";
    }

    /** Gives the service's admin a password that the service does not know. */
    public static void rotatePassword(CouchServer standby) {
        setPassword(standby, "another");
    }

    /** Gives the service's admin the password back that the service knows. */
    public static void restorePassword(CouchServer standby) {
        setPassword(standby, PASSWORD);
    }

    /** CouchDB hashes it a moment after it has answered, and knows nobody of that name until then. */
    private static void setPassword(CouchServer standby, String password) {
        standby.config().put("admins", ADMIN, password);
        await().until(() -> standby.config().get("admins", ADMIN).orElseThrow().startsWith("-pbkdf2"));
    }
}
