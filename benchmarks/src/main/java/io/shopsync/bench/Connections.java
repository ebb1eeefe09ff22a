package io.shopsync.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The TCP connections of a process, as Linux tells them in {@code /proc}. */
final class Connections {

    private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final String ESTABLISHED = "01";

    /** Columns of {@code /proc/net/tcp} (proc_pid_net(5)). */
    private static final int REMOTE = 2;

    private static final int STATE = 3;
    private static final int INODE = 9;

    private Connections() {}

    /** How many established ones lead to the port; zero where the system does not tell. */
    static int of(long pid, int port) {
        var process = Path.of("/proc", Long.toString(pid));
        var remote = ":%04X".formatted(port);
        try {
            var own = sockets(process.resolve("fd"));
            int count = 0;
            for (var table : List.of("tcp", "tcp6")) {
                try (var lines = Files.lines(process.resolve("net").resolve(table))) {
                    count += (int) lines.skip(1)
                            .map(line -> BLANKS.split(line.strip()))
                            .filter(columns -> columns[REMOTE].endsWith(remote)
                                    && columns[STATE].equals(ESTABLISHED)
                                    && own.contains(columns[INODE]))
                            .count();
                }
            }
            return count;
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    private static Set<String> sockets(Path descriptors) throws IOException {
        try (var files = Files.list(descriptors)) {
            return files.flatMap(Connections::inode).collect(Collectors.toSet());
        }
    }

    private static Stream<String> inode(Path descriptor) {
        try {
            var matcher = SOCKET.matcher(Files.readSymbolicLink(descriptor).toString());
            return matcher.matches() ? Stream.of(matcher.group(1)) : Stream.empty();
        } catch (IOException e) {
            // Closed between the two looks.
            return Stream.empty();
        }
    }
}
