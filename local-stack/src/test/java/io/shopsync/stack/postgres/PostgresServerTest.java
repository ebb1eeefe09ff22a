package io.shopsync.stack.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopsync.stack.process.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    @Test
    void keepsDataFlushesItAndTakesItsFolderBackAfterACrash(@TempDir Path folder) throws Exception {
        // Given a server left behind by the kill -9 of the process that started it
        int port = Ports.free();
        var data = folder.resolve("data");
        var parent = startedElsewhere(data, port);
        query(
                "jdbc:postgresql://127.0.0.1:" + port + "/audit",
                "audit",
                "mine",
                "CREATE TABLE kept AS SELECT 'yes' AS word");
        parent.destroyForcibly().waitFor();
        assertThat(Ports.isFree(port)).as("the port, while the orphan lives").isFalse();
        // When
        try (var next = PostgresServer.on(data, port, "secret")) {
            next.createDatabase("audit", "mine");
            // Then
            assertThat(query(next.jdbcUrl("audit"), "audit", "mine", "SELECT word FROM kept"))
                    .isEqualTo("yes");
            assertThat(query(next.jdbcUrl("audit"), "audit", "mine", "SHOW fsync"))
                    .isEqualTo("on");
            assertThat(query(next.jdbcUrl("audit"), "audit", "mine", "SHOW synchronous_commit"))
                    .isEqualTo("on");
        }
    }

    @Test
    void refusesAWrongPasswordAndTheOwnerOfAnotherDatabase() throws Exception {
        try (var server = PostgresServer.temporary()) {
            // Given
            server.createDatabase("provisioning", "one");
            server.createDatabase("orchestrator", "two");
            // Then
            assertThat(query(server.jdbcUrl("provisioning"), "provisioning", "one", "SELECT current_user"))
                    .isEqualTo("provisioning");
            assertThatThrownBy(() -> query(server.jdbcUrl("provisioning"), "provisioning", "wrong", "SELECT 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> query(server.jdbcUrl("provisioning"), "orchestrator", "two", "SELECT 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    /** What the process to be killed runs. */
    public static final class Parent {
        public static void main(String[] args) throws Exception {
            PostgresServer.on(Path.of(args[0]), Integer.parseInt(args[1]), "secret")
                    .createDatabase("audit", "mine");
            System.out.println("started");
            System.in.read();
        }
    }

    private static Process startedElsewhere(Path data, int port) throws IOException {
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        data.toString(),
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("started");
        return process;
    }

    private static String query(String url, String user, String password, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url, user, password);
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (var rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }
}
