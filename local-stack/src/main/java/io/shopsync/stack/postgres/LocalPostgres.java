package io.shopsync.stack.postgres;

import io.shopsync.stack.process.Folders;
import io.shopsync.stack.process.Ports;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A server of the programs that come with this build. */
final class LocalPostgres implements PostgresServer {

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    private final Path data;
    private final boolean temporary;
    private final int port;
    private final String password;
    private EmbeddedPostgres server;

    private LocalPostgres(Path data, boolean temporary, int port, String password) {
        this.data = data;
        this.temporary = temporary;
        this.port = port;
        this.password = password;
        start();
    }

    /** For data that nobody keeps: nothing is flushed to disk. */
    static LocalPostgres temporary() {
        return new LocalPostgres(Folders.temporary("postgres"), true, Ports.free(), TEMPORARY_PASSWORD);
    }

    /** Commits are flushed to disk. A server that a crash left behind on the folder is ended first. */
    static LocalPostgres on(Path folder, int port, String password) {
        return new LocalPostgres(folder, false, port, password);
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

    @Override
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
