package io.shopsync.stack.couchdb;

import io.shopsync.stack.container.Container;
import java.time.Duration;
import java.util.Map;

/** CouchDB 3.5 in a container of the official image, with the settings of an installed one. */
final class ContainedCouch extends OwnCouch {

    /** As in deploy/couchdb/Dockerfile. */
    private static final String IMAGE = "couchdb:3.5.0";

    private static final int INSIDE = 5984;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Container container;

    ContainedCouch(int port, String password) {
        super(port, password);
        container = new Container(IMAGE, port, INSIDE, Map.of("COUCHDB_USER", ADMIN, "COUCHDB_PASSWORD", password))
                .file("/opt/couchdb/etc/default.d/20-shopsync.ini", CouchSettings.text("0.0.0.0", INSIDE));
        start();
    }

    @Override
    public Kind kind() {
        return Kind.CONTAINER;
    }

    @Override
    public void start() {
        container.start();
        awaitReady(PATIENCE, container::isRunning);
    }

    @Override
    public void stop() {
        container.stop();
    }

    @Override
    public void close() {
        container.close();
    }

    @Override
    public String toString() {
        return "CouchDB in a container at " + url();
    }
}
