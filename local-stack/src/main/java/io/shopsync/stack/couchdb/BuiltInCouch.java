package io.shopsync.stack.couchdb;

import io.shopsync.couchdb.embedded.EmbeddedCouch;
import io.shopsync.stack.process.Folders;
import io.shopsync.stack.process.PrivateFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The embedded server, in this JVM, with the same settings as an installed one is given. */
final class BuiltInCouch extends OwnCouch {

    private static final String LOG = "couchdb.log";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path data;
    private EmbeddedCouch server;
    private BufferedWriter log;

    BuiltInCouch(Path data, int port, String password) {
        super(port, password);
        this.data = data.toAbsolutePath();
        start();
    }

    @Override
    public Kind kind() {
        return Kind.EMBEDDED;
    }

    @Override
    public Optional<Path> log() {
        return Optional.of(data.resolve(LOG));
    }

    @Override
    public void start() {
        Folders.make(data);
        // Kept, so that cookies and replication checkpoints outlive a restart.
        var uuid = new PrivateFile(data.resolve("uuid")).readOrMake(BuiltInCouch::random);
        var secret = new PrivateFile(data.resolve("secret")).readOrMake(BuiltInCouch::random);
        try {
            log = Files.newBufferedWriter(data.resolve(LOG), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = EmbeddedCouch.builder()
                .directory(data.resolve("data"))
                .admin(ADMIN, password())
                .config("couchdb", "uuid", uuid)
                .config("chttpd_auth", "secret", secret)
                .config("cluster", "q", "1")
                .config("chttpd", "require_valid_user_except_for_up", "true")
                .config("chttpd_auth", "upgrade_hash_on_auth", "false")
                .lockOut(true)
                .log(this::write)
                .start(port());
        awaitReady(PATIENCE, () -> true);
    }

    @Override
    public void stop() {
        if (server == null) {
            return;
        }
        server.close();
        server = null;
        try {
            log.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "embedded CouchDB at " + url();
    }

    private synchronized void write(String line) {
        try {
            log.write(line);
            log.newLine();
            log.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String random() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
