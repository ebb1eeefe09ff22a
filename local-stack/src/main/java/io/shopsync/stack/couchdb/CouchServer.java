package io.shopsync.stack.couchdb;

import io.shopsync.stack.container.Container;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A CouchDB that can be used now, with the name and password of a server admin. */
public interface CouchServer extends AutoCloseable {

    /** Name of the server admin of servers that we start ourselves. */
    String ADMIN = "admin";

    /** Where the server comes from. */
    enum Kind {
        /** Somebody else's, named by {@code COUCHDB_URL}; we neither start nor stop it. */
        GIVEN,
        /** A private instance of an installed CouchDB. */
        INSTALLED,
        /** CouchDB's own image in a container. */
        CONTAINER,
        /** The server of {@code couchdb-embedded}, in this JVM. */
        EMBEDDED
    }

    /** What to answer where it came from. */
    Kind kind();

    /** Base URL without credentials or trailing slash. */
    URI url();

    /** Name of a server admin. */
    String username();

    /** Password of that admin. */
    String password();

    /** The file that it logs each request to, where we can read it. */
    default Optional<Path> log() {
        return Optional.empty();
    }

    /** Starts (again) after {@link #stop()}, at the same URL with the same data; nothing to do for a given server. */
    void start();

    /** Stops the server and keeps its data; nothing to do for a given server. */
    void stop();

    @Override
    void close();

    /**
     * Starts the first of: the server that {@code COUCHDB_URL} names, a container where {@link Container#wanted() wanted},
     * the installation in {@code COUCHDB_HOME}, the {@code couchdb} on the {@code PATH}, the embedded one.
     *
     * @param data where a server of ours keeps its data
     * @param port where a server of ours listens
     * @param password of the admin of a server of ours
     * @param environment the environment variables to decide by
     */
    static CouchServer choose(Path data, int port, String password, Map<String, String> environment) {
        var given = Optional.ofNullable(environment.get("COUCHDB_URL")).filter(url -> !url.isBlank());
        if (given.isPresent()) {
            return GivenCouch.at(URI.create(given.get()));
        }
        if (Container.wanted()) {
            return new ContainedCouch(port, password);
        }
        return Installation.find(environment)
                .<CouchServer>map(installation -> new InstalledCouch(installation, data, port, password))
                .orElseGet(() -> new BuiltInCouch(data, port, password));
    }
}
