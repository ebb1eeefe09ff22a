package io.shopsync.stack;

import io.shopsync.stack.couchdb.CouchServer;
import io.shopsync.stack.kafka.KafkaServer;
import io.shopsync.stack.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Kafka, Postgres and CouchDB of one stack, run by this JVM, with a database for each service.
 *
 * @param kafka with every topic
 * @param postgres with the services' databases
 * @param couchdb given, installed or embedded
 */
public record Infrastructure(KafkaServer kafka, PostgresServer postgres, CouchServer couchdb) implements AutoCloseable {

    /**
     * Starts all three side by side on the data in {@code home}.
     *
     * @param environment decides which CouchDB: see {@link CouchServer#choose}
     */
    public static Infrastructure start(Home home, StackPorts ports, Map<String, String> environment) {
        var secrets = home.secrets();
        try (var starters = Executors.newVirtualThreadPerTaskExecutor()) {
            var kafka = starters.submit(() -> KafkaServer.on(home.data("kafka"), ports.kafka()));
            var postgres = starters.submit(() -> startPostgres(home, ports));
            var couchdb = starters.submit(() -> CouchServer.choose(
                    home.data("couchdb"), ports.couchdb(), secrets.password("couchdb"), environment));
            return allOrNone(kafka, postgres, couchdb);
        }
    }

    /** Where it is. */
    public Addresses addresses() {
        return new Addresses(
                kafka.bootstrapServers(),
                postgres.address(),
                couchdb.url(),
                couchdb.kind(),
                couchdb.username(),
                couchdb.password(),
                couchdb.log().map(Path::toString).orElse(null));
    }

    @Override
    public void close() {
        try (var closers = Executors.newVirtualThreadPerTaskExecutor()) {
            closers.execute(kafka::close);
            closers.execute(postgres::close);
            closers.execute(couchdb::close);
        }
    }

    private static PostgresServer startPostgres(Home home, StackPorts ports) {
        var secrets = home.secrets();
        var server = PostgresServer.on(home.data("postgres"), ports.postgres(), secrets.password("postgres"));
        for (var service : Service.values()) {
            server.createDatabase(service.shortName(), secrets.password(databaseOwner(service)));
        }
        return server;
    }

    /** The name of the secret with which a service reaches its database. */
    static String databaseOwner(Service service) {
        return "postgres-" + service.shortName();
    }

    private static Infrastructure allOrNone(
            Future<KafkaServer> kafka, Future<PostgresServer> postgres, Future<CouchServer> couchdb) {
        try {
            return new Infrastructure(await(kafka::get), await(postgres::get), await(couchdb::get));
        } catch (RuntimeException e) {
            closeStarted(kafka);
            closeStarted(postgres);
            closeStarted(couchdb);
            throw e;
        }
    }

    private static <T> T await(Callable<T> start) {
        try {
            return start.call();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void closeStarted(Future<? extends AutoCloseable> start) {
        try {
            start.get().close();
        } catch (ExecutionException e) {
            // It did not start: there is nothing to close, and the first failure is the one to tell.
            return;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
