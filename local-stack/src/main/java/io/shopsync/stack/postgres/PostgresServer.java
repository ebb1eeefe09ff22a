package io.shopsync.stack.postgres;

import io.shopsync.stack.process.Folders;
import io.shopsync.stack.process.Ports;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A Postgres server on the loopback interface. Each database has an owner of its own name, with a password, who can
 * reach no other database.
 */
public final class PostgresServer implements AutoCloseable {

    /** The superuser's password of every {@link #temporary()} server. */
    public static final String TEMPORARY_PASSWORD = "postgres";

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    private final Path data;
    private final boolean temporary;
    private final int port;
    private final String password;
    private EmbeddedPostgres server;

    private PostgresServer(Path data, boolean temporary, int port, String password) {
        this.data = data;
        this.temporary = temporary;
        this.port = port;
        this.password = password;
    }

    /** A running server on a free port for data that nobody keeps: nothing is flushed to disk. */
    public static PostgresServer temporary() {
        var server = new PostgresServer(Folders.temporary("postgres"), true, Ports.free(), TEMPORARY_PASSWORD);
        server.start();
        return server;
    }

    /**
     * A running server that goes on with the data in {@code folder}, or begins there. Commits are flushed to disk. A
     * server that a crash left behind on the folder is ended first.
     *
     * @param password of the superuser {@code postgres}, fixed when the folder is begun
     */
    public static PostgresServer on(Path folder, int port, String password) {
        var server = new PostgresServer(folder, false, port, password);
        server.start();
        return server;
    }

    /** Where clients connect: {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** The JDBC URL of a database, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + address() + '/' + database;
    }

    /** Makes the database and its owner where they are missing, and sets the owner's password. */
    public void createDatabase(String name, String ownerPassword) {
        new Databases(address(), password).create(name, ownerPassword);
    }

    /** Starts (again) after {@link #stop()}, on the same port and data. */
    public void start() {
        var flush = temporary ? "off" : "on";
        try {
            Postmaster.endOrphan(data);
            var passwordFile = Files.writeString(Files.createTempFile("shopsync-postgres-", ".tmp"), password);
            try {
                server = EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .setPort(port)
                        .setPGStartupWait(START_PATIENCE)
                        // initdb takes the last of repeated options: these replace the library's trust in everybody.
                        .setLocaleConfig("auth", "scram-sha-256")
                        .setLocaleConfig("pwfile", passwordFile.toString())
                        .setConnectConfig("password", password)
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("fsync", flush)
                        .setServerConfig("synchronous_commit", flush)
                        .setServerConfig("full_page_writes", flush)
                        .start();
            } finally {
                Files.delete(passwordFile);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Postgres did not start on " + data, e);
        }
    }

    /** Stops the server, cutting its sessions, and keeps its data. */
    public void stop() {
        if (server == null) {
            return;
        }
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = null;
    }

    @Override
    public void close() {
        stop();
        if (temporary) {
            Folders.delete(data);
        }
    }
}
