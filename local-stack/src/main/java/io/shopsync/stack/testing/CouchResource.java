package io.shopsync.stack.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.shopsync.stack.couchdb.CouchServer;
import io.shopsync.stack.process.Folders;
import io.shopsync.stack.process.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A CouchDB as {@link CouchServer#choose} finds it; sets {@code shopsync.couchdb.url}, {@code .username} and
 * {@code .password}.
 */
public final class CouchResource implements QuarkusTestResourceLifecycleManager {

    private static final String LOG = "shopsync.stack.shared.couchdb.log";

    /** This JVM's server: where it is and who its admin is. */
    public record Address(URI url, String username, String password) {

        @Override
        public String toString() {
            return url.toString();
        }
    }

    /** This JVM's server, started at the first call. */
    public static Address address() {
        var parts = Shared.once("couchdb", () -> startServer(System.getenv())).split(" ", 3);
        return new Address(URI.create(parts[0]), parts[1], parts[2]);
    }

    /** Another one, {@code COUCHDB_STANDBY_URL} where it is given, started at the first call. */
    public static Address standby() {
        var parts = Shared.once("couchdb-standby", () -> startServer(environmentOfStandby()))
                .split(" ", 3);
        return new Address(URI.create(parts[0]), parts[1], parts[2]);
    }

    private static Map<String, String> environmentOfStandby() {
        var environment = new HashMap<>(System.getenv());
        environment.put("COUCHDB_URL", environment.getOrDefault("COUCHDB_STANDBY_URL", ""));
        return environment;
    }

    /** The file in which this JVM's server tells of each request, where it can be read. */
    public static Optional<Path> log() {
        address();
        return Optional.ofNullable(System.getProperty(LOG)).map(Path::of);
    }

    @Override
    public Map<String, String> start() {
        var address = address();
        return Map.of(
                "shopsync.couchdb.url", address.url().toString(),
                "shopsync.couchdb.username", address.username(),
                "shopsync.couchdb.password", address.password());
    }

    @Override
    public void stop() {
        // Kept for the next test profile; it ends with the JVM.
    }

    private static String startServer(Map<String, String> environment) {
        Path data = Folders.temporary("couchdb");
        var server = CouchServer.choose(data, Ports.free(), "test", environment);
        Shared.closeAtExit(() -> {
            server.close();
            Folders.delete(data);
        });
        // Not the standby's.
        if (environment.equals(System.getenv())) {
            server.log().ifPresent(log -> System.setProperty(LOG, log.toString()));
        }
        return server.url() + " " + server.username() + ' ' + server.password();
    }
}
