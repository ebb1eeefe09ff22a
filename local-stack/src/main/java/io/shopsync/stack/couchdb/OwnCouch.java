package io.shopsync.stack.couchdb;

import java.net.URI;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A server of ours on a port of the loopback interface, with an admin of ours. */
abstract class OwnCouch implements CouchServer {

    private final int port;
    private final String password;

    OwnCouch(int port, String password) {
        this.port = port;
        this.password = password;
    }

    final int port() {
        return port;
    }

    @Override
    public final URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public final String username() {
        return ADMIN;
    }

    @Override
    public final String password() {
        return password;
    }

    /** See {@link Admin#awaitReady}. */
    final void awaitReady(Duration patience, BooleanSupplier alive) {
        new Admin(url(), ADMIN, password).awaitReady(patience, alive);
    }

    @Override
    public void close() {
        stop();
    }
}
