package io.shopsync.stack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who listens on a TCP port, read from Linux' {@code /proc}; elsewhere nobody can be named. */
public final class PortHolder {

    private static final Path PROC = Path.of("/proc");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final String LISTENING = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private PortHolder() {}

    /** The name and id of the process that listens on {@code port}, such as {@code "postgres (process 4711)"}. */
    public static Optional<String> of(int port) {
        return Stream.of("tcp", "tcp6")
                .flatMap(table -> sockets(PROC.resolve("net").resolve(table), port))
                .flatMap(inode -> processes(holds("socket:[" + inode + ']')))
                .map(PortHolder::name)
                .findFirst();
    }

    private static Stream<String> sockets(Path table, int port) {
        var suffix = ":%04X".formatted(port);
        return lines(table)
                .skip(1)
                .map(line -> BLANKS.split(line.strip()))
                .filter(columns -> columns.length > INODE)
                .filter(columns -> columns[STATE].equals(LISTENING) && columns[LOCAL_ADDRESS].endsWith(suffix))
                .map(columns -> columns[INODE]);
    }

    private static Stream<Path> processes(Predicate<Path> wanted) {
        return list(PROC)
                .filter(path -> path.getFileName().toString().chars().allMatch(Character::isDigit))
                .filter(wanted);
    }

    private static Predicate<Path> holds(String socket) {
        return process -> list(process.resolve("fd")).anyMatch(descriptor -> {
            try {
                return Files.readSymbolicLink(descriptor).toString().equals(socket);
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static String name(Path process) {
        var name = lines(process.resolve("comm")).findFirst().orElse("a process");
        return name + " (process " + process.getFileName() + ')';
    }

    /** Processes come and go, and others' are not ours to read: what cannot be read is empty. */
    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static Stream<Path> list(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
