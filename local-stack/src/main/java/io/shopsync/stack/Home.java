package io.shopsync.stack;

import java.nio.file.Path;

/**
 * The folder that holds everything a stack keeps: data, logs, secrets, and what runs.
 *
 * @param folder {@code .shopsync} of the repository unless told otherwise
 */
public record Home(Path folder) {

    public Home {
        folder = folder.toAbsolutePath().normalize();
    }

    /** Where a server keeps its data. */
    public Path data(String server) {
        return folder.resolve("data").resolve(server);
    }

    /** Where a process writes its log. */
    public Path log(String process) {
        return folder.resolve("logs").resolve(process + ".log");
    }

    /** Which processes run, and where they listen. */
    public Path run() {
        return folder.resolve("run");
    }

    /** The copies of the programs that run: a build cannot pull the classes away from under a running process. */
    public Path program(String process) {
        return folder.resolve("programs").resolve(process);
    }

    /** Keys and passwords, made at the first start. */
    public Secrets secrets() {
        return new Secrets(folder.resolve("secrets"));
    }
}
