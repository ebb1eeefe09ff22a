package io.shopsync.bench;

import io.shopsync.couchdb.CouchOptions;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Credentials;
import io.shopsync.stack.Addresses;
import io.shopsync.stack.Home;
import io.shopsync.stack.InfrastructureProcess;
import io.shopsync.stack.Service;
import io.shopsync.stack.Services;
import io.shopsync.stack.StackPorts;
import io.shopsync.stack.api.ShopSyncApi;
import io.shopsync.stack.process.Folders;
import io.shopsync.stack.token.TokenSigner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The whole system for one benchmark, each part a process: on free ports and in a folder of its own, so that it runs
 * beside a stack that is up. Closing it, or the end of this JVM, ends all of it and wipes the folder.
 */
public final class PrivateStack implements AutoCloseable {

    private static final Duration TOKEN_LIFE = Duration.ofHours(6);

    /** How the databases of bare requests are called, so that they are not reported as nobody's. */
    public static final String DATABASE_PREFIX = "bench_";

    private static final Map<String, String> SETTINGS =
            Map.of("SHOPSYNC_ISOLATION_KNOWN_DATABASES", DATABASE_PREFIX + '*');

    private final Home home;
    private final InfrastructureProcess infrastructure;
    private final Services services;
    private final Addresses addresses;
    private final ShopSyncApi api;
    private final CouchServer couchdb;

    private PrivateStack(Home home, Path repository, Map<String, String> environment, Map<String, String> settings) {
        this.home = home;
        var ports = StackPorts.free();
        infrastructure = new InfrastructureProcess(home);
        infrastructure.ensure(io.shopsync.stack.cli.Main.class, ports, environment);
        addresses = infrastructure.addresses().orElseThrow();
        services = new Services(home, repository, ports, addresses, environment, settings);
        for (var service : Service.values()) {
            services.ensure(service);
        }
        for (var service : Service.values()) {
            services.awaitReady(service);
        }
        var token = new TokenSigner(home.secrets().jwtKeys()).sign("benchmark", "admin", List.of(), TOKEN_LIFE);
        api = new ShopSyncApi(services::baseUrl, () -> token);
        var options = CouchOptions.of(addresses.couchdb().toString())
                .withCredentials(Credentials.basic(addresses.couchdbAdmin(), addresses.couchdbPassword()));
        couchdb = CouchServer.connect(options);
    }

    /**
     * Starts everything, and returns when all of it is ready.
     *
     * @throws io.shopsync.stack.StackException where a part does not start; what has started is ended
     */
    public static PrivateStack start() {
        return start(Map.of());
    }

    /**
     * The same with further environment variables, which name a standby CouchDB, say.
     *
     * @throws io.shopsync.stack.StackException where a part does not start; what has started is ended
     */
    public static PrivateStack start(Map<String, String> further) {
        return start(further, Map.of());
    }

    /**
     * The same with some settings of the services other than usual.
     *
     * @param settings environment variables of every service
     * @throws io.shopsync.stack.StackException where a part does not start; what has started is ended
     */
    public static PrivateStack start(Map<String, String> further, Map<String, String> settings) {
        var environment = new HashMap<>(System.getenv());
        environment.putAll(further);
        var all = new HashMap<>(SETTINGS);
        all.putAll(settings);
        var repository =
                Path.of(environment.getOrDefault("SHOPSYNC_REPOSITORY", "")).toAbsolutePath();
        var usual = environment.getOrDefault("SHOPSYNC_HOME", "");
        // Beside the usual data: on the same disk, and ignored by version control.
        var parent = usual.isBlank() ? repository.resolve(".shopsync") : Path.of(usual);
        var home = new Home(parent.resolve("bench").resolve(UUID.randomUUID().toString()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(home)));
        return new PrivateStack(home, repository, environment, all);
    }

    /** Where Kafka, Postgres and CouchDB are. */
    public Addresses addresses() {
        return addresses;
    }

    /** The services' API, as an administrator uses it. */
    public ShopSyncApi api() {
        return api;
    }

    /** CouchDB itself, as a server admin. */
    public CouchServer couchdb() {
        return couchdb;
    }

    /** What runs, by name: the services first, then what they stand on. */
    public StackProcesses processes() {
        return StackProcesses.of(home, services, infrastructure);
    }

    /** Ends the services and leaves the rest running: from then on nobody mends what is taken away in CouchDB. */
    public void stopServices() {
        for (var service : Service.values()) {
            Services.stop(home, service);
        }
    }

    @Override
    public void close() {
        couchdb.close();
        api.close();
        end(home);
    }

    private static void end(Home home) {
        for (var service : Service.values()) {
            Services.stop(home, service);
        }
        new InfrastructureProcess(home).stop();
        Folders.delete(home.folder());
    }
}
