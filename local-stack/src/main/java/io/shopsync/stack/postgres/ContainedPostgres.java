package io.shopsync.stack.postgres;

import io.shopsync.stack.container.Container;
import io.shopsync.stack.process.Pause;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** A server in a container of the official image. */
final class ContainedPostgres implements PostgresServer {

    /** As in docker-compose.yml. */
    private static final String IMAGE = "postgres:18";

    private static final int INSIDE = 5432;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final int port;
    private final String password;
    private final Container container;

    ContainedPostgres(int port, String password, boolean flush) {
        this.port = port;
        this.password = password;
        var onOrOff = flush ? "on" : "off";
        container = new Container(IMAGE, port, INSIDE, Map.of("POSTGRES_PASSWORD", password))
                .command(
                        "postgres",
                        "-c",
                        "max_connections=200",
                        "-c",
                        "fsync=" + onOrOff,
                        "-c",
                        "synchronous_commit=" + onOrOff,
                        "-c",
                        "full_page_writes=" + onOrOff);
        start();
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public String password() {
        return password;
    }

    @Override
    public void start() {
        container.start();
        awaitReady();
    }

    @Override
    public void stop() {
        container.stop();
    }

    @Override
    public void close() {
        container.close();
    }

    /** The port is open before the server takes sessions. */
    private void awaitReady() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (var session = DriverManager.getConnection(jdbcUrl("postgres"), "postgres", password)) {
                session.isValid(0);
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("Postgres in its container takes no sessions", e);
                }
            }
            Pause.of(PAUSE);
        }
    }
}
