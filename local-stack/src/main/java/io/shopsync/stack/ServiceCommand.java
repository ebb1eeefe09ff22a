package io.shopsync.stack;

import io.shopsync.stack.couchdb.CouchServer;
import io.shopsync.stack.process.Daemon;
import io.shopsync.stack.process.Folders;
import io.shopsync.stack.token.TokenSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a service is started on one machine.
 *
 * @param repository where the modules were built
 * @param addresses of the infrastructure
 * @param given environment of whoever starts them, which may name a standby and databases that are nobody's
 * @param settings more variables for every service
 */
record ServiceCommand(
        Home home,
        Path repository,
        StackPorts ports,
        Addresses addresses,
        Map<String, String> given,
        Map<String, String> settings) {

    private static final String KNOWN_DATABASES = "SHOPSYNC_ISOLATION_KNOWN_DATABASES";
    private static final String SMALLEST_HEAP = "-Xms64m";
    private static final String LARGEST_HEAP = "-Xmx384m";

    Daemon.Command of(Service service) {
        var words = List.of(
                Java.program(),
                SMALLEST_HEAP,
                LARGEST_HEAP,
                Java.QUICK_COMPILER,
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                home.program(service.module()).resolve("quarkus-run.jar").toString());
        return new Daemon.Command(words, environment(service), version(service));
    }

    /** Copies the program next to the data, so that it can be built anew while it runs. */
    void install(Service service) {
        var target = home.program(service.module());
        Folders.delete(target);
        Folders.copy(built(service), target);
    }

    URI baseUrl(Service service) {
        return URI.create("http://127.0.0.1:" + ports.of(service));
    }

    private Map<String, String> environment(Service service) {
        var secrets = home.secrets();
        var variables = new HashMap<>(settings);
        Optional.ofNullable(given.get(KNOWN_DATABASES)).ifPresent(known -> variables.put(KNOWN_DATABASES, known));
        variables.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        variables.put("QUARKUS_HTTP_PORT", Integer.toString(ports.of(service)));
        variables.put("KAFKA_BOOTSTRAP_SERVERS", addresses.kafka());
        variables.put(
                "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://" + addresses.postgres() + '/' + service.shortName());
        variables.put("QUARKUS_DATASOURCE_USERNAME", service.shortName());
        variables.put("QUARKUS_DATASOURCE_PASSWORD", secrets.password(Infrastructure.databaseOwner(service)));
        variables.put(
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                secrets.jwtPublicKeyFile().toUri().toString());
        variables.put("MP_JWT_VERIFY_ISSUER", TokenSigner.ISSUER);
        switch (service) {
            case PROVISIONING -> {
                variables.put("SHOPSYNC_CREDENTIALS_KEYS", "local:" + secrets.sealingKey());
                variables.put(
                        "SHOPSYNC_ACCOUNTS_SIGNING_KEY_LOCATION",
                        secrets.jwtPrivateKeyFile().toUri().toString());
                variables.put("SHOPSYNC_ACCOUNTS_BOOTSTRAP_ADMIN_PASSWORD", secrets.password("admin"));
                variables.put(
                        "SHOPSYNC_CONNECTION_COUCHDB_URL", addresses.couchdb().toString());
            }
            case ORCHESTRATOR -> {
                variables.put("SHOPSYNC_COUCHDB_URL", addresses.couchdb().toString());
                variables.put("SHOPSYNC_COUCHDB_USERNAME", addresses.couchdbAdmin());
                variables.put("SHOPSYNC_COUCHDB_PASSWORD", addresses.couchdbPassword());
                variables.put("SHOPSYNC_REPLICATION_EDGES_KEYS", "local:" + secrets.edgeSealingKey());
                standby().ifPresent(variables::putAll);
                if (addresses.couchdbLog() != null) {
                    variables.put("SHOPSYNC_ATTEMPTS_COUCHDB_LOG", addresses.couchdbLog());
                    // Whoever tries the same again is to see it again.
                    variables.put("SHOPSYNC_ATTEMPTS_QUIET", "5s");
                }
            }
            case AUDIT -> {}
        }
        return variables;
    }

    /** The standby that {@code COUCHDB_STANDBY_URL} names, {@code http://name:password@host:5984}. */
    private Optional<Map<String, String>> standby() {
        return Optional.ofNullable(given.get("COUCHDB_STANDBY_URL"))
                .filter(url -> !url.isBlank())
                .map(url -> {
                    var server = CouchServer.choose(home.data("standby"), 0, "", Map.of("COUCHDB_URL", url));
                    return Map.of(
                            "SHOPSYNC_REPLICATION_STANDBY_URL", server.url().toString(),
                            "SHOPSYNC_REPLICATION_STANDBY_USERNAME", server.username(),
                            "SHOPSYNC_REPLICATION_STANDBY_PASSWORD", server.password());
                });
    }

    private Path built(Service service) {
        var folder = repository.resolve(service.module()).resolve("target/quarkus-app");
        if (!Files.exists(folder.resolve("quarkus-run.jar"))) {
            throw new StackException(service.module() + " is not built: there is no " + folder);
        }
        return folder;
    }

    /** Another one after each build. */
    private String version(Service service) {
        try {
            return Files.getLastModifiedTime(built(service).resolve("quarkus-run.jar"))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
