package io.shopsync.audit.intake;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.shopsync.stack.postgres.PostgresServer;
import java.util.Map;

/**
 * A Postgres that a test can stop: it is handed to fields {@code Runnable stopPostgres} and {@code startPostgres},
 * because the test and this class are of different class loaders.
 */
public final class StoppablePostgres implements QuarkusTestResourceLifecycleManager {

    private static final String PASSWORD = "audit";

    private PostgresServer server;

    @Override
    public Map<String, String> start() {
        server = PostgresServer.temporary();
        server.createDatabase("audit", PASSWORD);
        return Map.of(
                "quarkus.datasource.jdbc.url",
                server.jdbcUrl("audit"),
                "quarkus.datasource.username",
                "audit",
                "quarkus.datasource.password",
                PASSWORD);
    }

    @Override
    public void inject(TestInjector injector) {
        Runnable stop = server::stop;
        Runnable start = server::start;
        injector.injectIntoFields(stop, field -> field.getName().equals("stopPostgres"));
        injector.injectIntoFields(start, field -> field.getName().equals("startPostgres"));
    }

    @Override
    public void stop() {
        server.close();
    }
}
