package io.shopsync.audit.ledger;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.shopsync.stack.postgres.PostgresServer;
import io.shopsync.stack.process.Folders;
import io.shopsync.stack.process.Ports;
import java.nio.file.Path;
import java.util.Map;

/** A Postgres with the durability that a real one has: commits are on the disk before they are answered. */
public final class FlushingPostgres implements QuarkusTestResourceLifecycleManager {

    private static final String PASSWORD = "audit";

    private Path folder;
    private PostgresServer server;

    @Override
    public Map<String, String> start() {
        folder = Folders.temporary("postgres-flushing");
        server = PostgresServer.on(folder, Ports.free(), PASSWORD);
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
    public void stop() {
        server.close();
        Folders.delete(folder);
    }
}
