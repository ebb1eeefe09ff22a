package io.shopsync.stack.postgres;

import io.shopsync.stack.container.Container;
import io.shopsync.stack.process.Ports;
import java.nio.file.Path;

/**
 * A Postgres server on the loopback interface. Each database has an owner of its own name, with a password, who can
 * reach no other database.
 */
public interface PostgresServer extends AutoCloseable {

    /** The superuser's password of every {@link #temporary()} server. */
    String TEMPORARY_PASSWORD = "postgres";

    /** Where clients connect: {@code host:port}. */
    String address();

    /** The password of the superuser {@code postgres}. */
    String password();

    /** Starts (again) after {@link #stop()}, on the same port and data. */
    void start();

    /** Stops the server, cutting its sessions, and keeps its data. */
    void stop();

    @Override
    void close();

    /** The JDBC URL of a database, without user and password. */
    default String jdbcUrl(String database) {
        return "jdbc:postgresql://" + address() + '/' + database;
    }

    /** Makes the database and its owner where they are missing, and sets the owner's password. */
    default void createDatabase(String name, String ownerPassword) {
        new Databases(address(), password()).create(name, ownerPassword);
    }

    /** A running server on a free port for data that nobody keeps: nothing is flushed to disk. */
    static PostgresServer temporary() {
        return Container.wanted()
                ? new ContainedPostgres(Ports.free(), TEMPORARY_PASSWORD, false)
                : LocalPostgres.temporary();
    }

    /**
     * A running server that goes on with the data in {@code folder}, or begins there; a container keeps its data itself.
     * Commits are flushed to disk.
     *
     * @param password of the superuser {@code postgres}, fixed when the folder is begun
     */
    static PostgresServer on(Path folder, int port, String password) {
        return Container.wanted()
                ? new ContainedPostgres(port, password, true)
                : LocalPostgres.on(folder, port, password);
    }
}
