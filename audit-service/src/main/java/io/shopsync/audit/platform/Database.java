package io.shopsync.audit.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The audit's Postgres: hands out connections and ends transactions. */
@ApplicationScoped
public class Database {

    private final DataSource dataSource;

    Database(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Runs a query.
     *
     * @throws DatabaseException where Postgres fails
     */
    public <T> T query(Work<T> work) {
        try (var connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /**
     * Runs work that is stored whole or not at all.
     *
     * @throws DatabaseException where Postgres fails; nothing is stored then, or, where the connection broke during the
     *     commit, all may be
     */
    public void transact(Change change) {
        query(connection -> {
            connection.setAutoCommit(false);
            try {
                change.on(connection);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
            return null;
        });
    }

    private static void rollBack(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** What is read with a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** What is written with a connection. */
    @FunctionalInterface
    public interface Change {
        void on(Connection connection) throws SQLException;
    }
}
