package io.shopsync.couchdb.embedded;

import io.shopsync.couchdb.embedded.auth.Account;
import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.http.Faults;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A CouchDB in this JVM. It answers as CouchDB 3.5 does, for trying and testing; production is CouchDB.
 *
 * <pre>{@code
 * try (EmbeddedCouch couch = EmbeddedCouch.builder().inMemory().start(0)) {
 *     couch.url();    // http://127.0.0.1:PORT
 * }
 * }</pre>
 */
public final class EmbeddedCouch implements AutoCloseable {
    private final Builder settings;
    private final Config config;
    private final Faults faults = new Faults();
    private final int port;
    private Node node;

    private EmbeddedCouch(Builder settings, int port) {
        this.settings = settings;
        config = settings.config();
        node = new Node(settings.directory, config, faults, settings.log, settings.address, port);
        this.port = node.port();
    }

    /** Starts with: durable in {@code ./couchdb-data}, admin {@code admin}/{@code admin}, 127.0.0.1, CouchDB's defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where it listens, without a final slash. */
    public URI url() {
        return URI.create("http://" + settings.address + ":" + port);
    }

    public int port() {
        return port;
    }

    /** The settings, as {@code /_node/_local/_config} has them. */
    public Config config() {
        return config;
    }

    /** Failures on demand. */
    public Faults faults() {
        return faults;
    }

    /** Stops and starts again on the same port. What was in memory only is gone, as are open connections. */
    public synchronized void restart() {
        stop();
        node = new Node(settings.directory, config, faults, settings.log, settings.address, port);
    }

    /** Stops until {@link #restart}: connections are refused, and requests that are being served are not answered. */
    public synchronized void stop() {
        if (node != null) {
            node.close();
            node = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** How to start. */
    public static final class Builder {
        private final Map<String, Map<String, String>> overrides = new HashMap<>();
        private Path directory = Path.of("couchdb-data");
        private String admin = "admin";
        private String password = "admin";
        private String address = "127.0.0.1";
        private Consumer<String> log;

        private Builder() {}

        /** Keeps nothing. */
        public Builder inMemory() {
            directory = null;
            return this;
        }

        /** Keeps everything in this directory, which is made if need be. */
        public Builder directory(Path path) {
            directory = path;
            return this;
        }

        /** The server admin. */
        public Builder admin(String name, String secret) {
            admin = name;
            password = secret;
            return this;
        }

        /** Where to listen; the loopback interface unless told otherwise. */
        public Builder address(String host) {
            address = host;
            return this;
        }

        /** A setting, as in {@code [section] key = value}. */
        public Builder config(String section, String key, String value) {
            overrides.computeIfAbsent(section, s -> new HashMap<>()).put(key, value);
            return this;
        }

        /** Whether five failed logins lock an account for its address, as in CouchDB. On unless told otherwise. */
        public Builder lockOut(boolean on) {
            return config("chttpd_auth_lockout", "mode", on ? "enforce" : "off");
        }

        /** Takes the lines of the access log, in CouchDB's form. None unless told otherwise. */
        public Builder log(Consumer<String> lines) {
            log = lines;
            return this;
        }

        /**
         * @param port 0 for any that is free
         * @return the server, answering
         */
        public EmbeddedCouch start(int port) {
            return new EmbeddedCouch(this, port);
        }

        private Config config() {
            Config config = new Config();
            config.set("couchdb", "uuid", UUID.randomUUID().toString().replace("-", ""));
            // The admin's password is no secret here, and hashing it at length would be most of the start.
            Config quick = new Config();
            quick.set("chttpd_auth", "iterations", "10");
            config.set("admins", admin, Account.adminLine(password, quick));
            overrides.forEach((section, values) -> values.forEach((key, value) -> config.set(section, key, value)));
            return config;
        }
    }
}
