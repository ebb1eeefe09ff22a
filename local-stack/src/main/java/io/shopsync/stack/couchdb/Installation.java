package io.shopsync.stack.couchdb;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An installed CouchDB release.
 *
 * @param home the folder that holds {@code bin/couchdb} and {@code etc/default.ini}
 */
record Installation(Path home) {

    /** The installation in {@code COUCHDB_HOME}, or that of the {@code couchdb} on the {@code PATH}. */
    static Optional<Installation> find(Map<String, String> environment) {
        var home = Optional.ofNullable(environment.get("COUCHDB_HOME")).filter(path -> !path.isBlank());
        if (home.isPresent()) {
            var installation = new Installation(Path.of(home.get()).toAbsolutePath());
            if (!installation.isComplete()) {
                throw new IllegalStateException(
                        "COUCHDB_HOME=" + home.get() + " does not hold bin/couchdb and etc/default.ini");
            }
            return Optional.of(installation);
        }
        return onPath(environment.getOrDefault("PATH", "")).filter(Installation::isComplete);
    }

    Path program() {
        return home.resolve("bin/couchdb");
    }

    Path defaults() {
        return home.resolve("etc/default.ini");
    }

    private boolean isComplete() {
        return Files.isExecutable(program()) && Files.isReadable(defaults());
    }

    private static Optional<Installation> onPath(String path) {
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "couchdb"))
                .filter(Files::isExecutable)
                .flatMap(Installation::of)
                .findFirst();
    }

    private static Stream<Installation> of(Path program) {
        try {
            return Stream.ofNullable(program.toRealPath().getParent())
                    .map(Path::getParent)
                    .map(Installation::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
