package io.shopsync.couchdb.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * PouchDB from npm as a till: live both ways, attachments, conflicts, a line that is cut. {@code -Dcouchdb.url} chooses
 * another server (admin {@code admin}/{@code admin}). Needs node 20 and, the first time, a package registry.
 */
class PouchDbTest {

    private static final Path CLIENT = Path.of("src", "test", "js");

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void syncsAsWithCouchDb() throws Exception {
        // Given
        assumeTrue(succeeds("node", "--version"), "node is not here");
        assumeTrue(
                Files.isDirectory(CLIENT.resolve("node_modules"))
                        || succeeds("npm", "install", "--no-audit", "--no-fund", "--no-package-lock"),
                "PouchDB cannot be had");
        var given = System.getProperty("couchdb.url");
        if (given != null) {
            assertPasses(given);
            return;
        }
        try (var couch = EmbeddedCouch.builder().inMemory().start(0)) {
            // Then
            assertPasses(couch.url().toString());
        }
    }

    private static void assertPasses(String url) throws Exception {
        var tests = command("node", "--test");
        tests.environment().put("COUCHDB_URL", url.replace("://", "://admin:admin@"));
        var process = tests.start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            var process = command(command).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    private static ProcessBuilder command(String... command) {
        return new ProcessBuilder(command).directory(CLIENT.toFile()).redirectErrorStream(true);
    }
}
