package io.shopsync.stack.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * The databases of a running server.
 *
 * @param address where it listens, host:port
 * @param superuserPassword of the user {@code postgres}
 */
public record Databases(String address, String superuserPassword) {

    private static final String SUPERUSER = "postgres";

    /**
     * Makes a database and its owner, who has the same name, where they are missing, and sets the owner's password.
     * Others than the owner cannot connect to it.
     */
    public void create(String name, String ownerPassword) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a database name: " + name);
        }
        try (var connection = DriverManager.getConnection(
                "jdbc:postgresql://" + address + "/postgres", SUPERUSER, superuserPassword)) {
            if (!exists(connection, "SELECT FROM pg_roles WHERE rolname = ?", name)) {
                execute(connection, "CREATE ROLE " + name + " LOGIN");
            }
            execute(connection, "ALTER ROLE " + name + " PASSWORD '" + ownerPassword.replace("'", "''") + '\'');
            if (!exists(connection, "SELECT FROM pg_database WHERE datname = ?", name)) {
                execute(connection, "CREATE DATABASE " + name + " OWNER " + name);
                execute(connection, "REVOKE CONNECT ON DATABASE " + name + " FROM PUBLIC");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + " could not be made", e);
        }
    }

    @Override
    public String toString() {
        return "Databases at " + address;
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
