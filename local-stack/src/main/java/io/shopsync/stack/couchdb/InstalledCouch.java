package io.shopsync.stack.couchdb;

import io.shopsync.stack.process.Folders;
import io.shopsync.stack.process.PidFile;
import io.shopsync.stack.process.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** A private instance of an installed CouchDB: its data, settings and log are ours, the installation is only read. */
final class InstalledCouch extends OwnCouch {

    private static final String LOG = "couchdb.log";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration END_PATIENCE = Duration.ofSeconds(15);

    private final Installation installation;
    private final Path data;
    private final PidFile pidFile;
    private Process process;

    InstalledCouch(Installation installation, Path data, int port, String password) {
        super(port, password);
        this.installation = installation;
        this.data = data.toAbsolutePath();
        this.pidFile = new PidFile(this.data.resolve("couchdb.pid"));
        start();
    }

    @Override
    public Kind kind() {
        return Kind.INSTALLED;
    }

    @Override
    public Optional<Path> log() {
        return Optional.of(data.resolve(LOG));
    }

    @Override
    public void start() {
        // A kill -9 of the JVM that started it leaves the server running on this folder.
        pidFile.end(END_PATIENCE);
        var settings = new PrivateFile(data.resolve("settings.ini"));
        settings.write(settings());
        // What the server itself writes goes to the last file of its list, which is read last too.
        var local = new PrivateFile(data.resolve("local.ini"));
        local.readOrMake(
                () -> "[couchdb]\nuuid = " + UUID.randomUUID().toString().replace("-", "") + "\n");
        var log = data.resolve(LOG).toFile();
        var builder = new ProcessBuilder(installation.program().toString())
                .directory(data.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        var environment = builder.environment();
        environment.put(
                "COUCHDB_INI_FILES",
                String.join(
                        " ",
                        installation.defaults().toString(),
                        settings.path().toString(),
                        local.path().toString()));
        // No distribution: instances side by side do not meet in epmd. No busy waiting: it would cost a core.
        environment.put("ERL_FLAGS", "-dist_listen false -start_epmd false +sbwt none +sbwtdcpu none +sbwtdio none");
        environment.put("ERL_CRASH_DUMP", data.resolve("erl_crash.dump").toString());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("CouchDB could not be started", e);
        }
        pidFile.write(process.toHandle());
        try {
            awaitReady(PATIENCE, process::isAlive);
        } catch (IllegalStateException e) {
            stop();
            throw e;
        }
    }

    @Override
    public void stop() {
        if (process != null) {
            PidFile.end(process.toHandle(), END_PATIENCE);
            pidFile.delete();
            process = null;
        }
    }

    @Override
    public String toString() {
        return "CouchDB of " + installation.home() + " at " + url();
    }

    private String settings() {
        var files = Folders.make(data.resolve("data"));
        return CouchSettings.text("127.0.0.1", port()) + """
                [couchdb]
                database_dir = %1$s
                view_index_dir = %1$s
                [smoosh]
                state_dir = %1$s
                [admins]
                %2$s = %3$s
                """.formatted(files, ADMIN, password());
    }
}
