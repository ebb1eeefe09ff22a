package io.shopsync.stack.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.shopsync.stack.postgres.Databases;
import io.shopsync.stack.postgres.PostgresServer;
import java.util.Map;
import java.util.UUID;

/** A fresh, empty database for each start of the application under test; sets {@code quarkus.datasource.*}. */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {

    private static final String PASSWORD = "test";

    /**
     * A fresh, empty database.
     *
     * @return its JDBC URL, with user and password in it
     */
    public static String freshDatabase() {
        var database = fresh();
        return database.url() + "?user=" + database.name() + "&password=" + PASSWORD;
    }

    @Override
    public Map<String, String> start() {
        var database = fresh();
        return Map.of(
                "quarkus.datasource.jdbc.url", database.url(),
                "quarkus.datasource.username", database.name(),
                "quarkus.datasource.password", PASSWORD);
    }

    @Override
    public void stop() {
        // Kept for the next test profile; it ends with the JVM.
    }

    private static Database fresh() {
        var address = Shared.once("postgres", () -> {
            var server = PostgresServer.temporary();
            Shared.closeAtExit(server);
            return server.address();
        });
        var name = "test_" + UUID.randomUUID().toString().replace("-", "");
        new Databases(address, PostgresServer.TEMPORARY_PASSWORD).create(name, PASSWORD);
        return new Database(name, "jdbc:postgresql://" + address + '/' + name);
    }

    private record Database(String name, String url) {}
}
