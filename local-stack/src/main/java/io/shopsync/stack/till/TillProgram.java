package io.shopsync.stack.till;

import io.shopsync.stack.StackException;
import io.shopsync.stack.process.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The till's JavaScript with PouchDB, ready to run.
 *
 * @param folder that holds {@code till.mjs}
 */
public record TillProgram(Path folder) {

    private static final List<String> INSTALL = List.of(
            "npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error");
    private static final int INSTALL_MINUTES = 5;

    /**
     * Installs PouchDB next to {@code till.mjs}, if it is not there yet.
     *
     * @param repository whose till it is
     * @throws StackException where Node or npm is missing, or npm cannot get PouchDB
     */
    public static TillProgram in(Path repository) {
        var folder = repository.resolve("local-stack/till");
        // Of npm's own files this is the last it writes: there where an install came to its end.
        if (!Files.exists(folder.resolve("node_modules/.package-lock.json"))) {
            install(folder);
        }
        return new TillProgram(folder);
    }

    Process start(Path workingFolder) {
        Folders.make(workingFolder);
        return start(new ProcessBuilder("node", folder.resolve("till.mjs").toString())
                .directory(workingFolder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT));
    }

    private static void install(Path folder) {
        var npm = start(new ProcessBuilder(INSTALL).directory(folder.toFile()).redirectErrorStream(true));
        try (var output = npm.inputReader()) {
            var said = output.lines().toList();
            if (!npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                throw new StackException("npm could not install PouchDB in " + folder + ": " + String.join(" ", said));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new StackException("a till needs Node 18 or newer with npm, and "
                    + builder.command().getFirst() + " is not there: apt-get install nodejs npm");
        }
    }
}
