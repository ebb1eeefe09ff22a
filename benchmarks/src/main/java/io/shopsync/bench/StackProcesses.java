package io.shopsync.bench;

import io.shopsync.stack.Home;
import io.shopsync.stack.InfrastructureProcess;
import io.shopsync.stack.Service;
import io.shopsync.stack.Services;
import io.shopsync.stack.process.Pause;
import io.shopsync.stack.process.PidFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The processes of a stack and of its benchmark, and what they cost.
 *
 * @param byName each part's processes; those of Postgres are many
 */
public record StackProcesses(Map<String, List<ProcessHandle>> byName) {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int QUIET_LOOKS = 2;
    private static final double QUIET = 0.25;
    private static final String POSTGRES = "Postgres";

    /** The unit of times in {@code /proc/PID/stat}, {@code sysconf(_SC_CLK_TCK)}: the same wherever Java runs on Linux. */
    private static final Duration TICK = Duration.ofMillis(10);

    /** Where {@code /proc/PID/stat} has {@code cutime} and {@code cstime}, counted from what follows the name. */
    private static final List<Integer> OF_ENDED_CHILDREN = List.of(13, 14);

    static StackProcesses of(Home home, Services services, InfrastructureProcess infrastructure) {
        var found = new LinkedHashMap<String, List<ProcessHandle>>();
        for (var service : Service.values()) {
            found.put(service.module(), services.process(service).stream().toList());
        }
        var couchdb = new PidFile(home.data("couchdb").resolve("couchdb.pid")).living();
        var hosted = couchdb.isPresent() ? "Kafka" : "Kafka and what is embedded";
        found.put(hosted, infrastructure.daemon().living().stream().toList());
        found.put(POSTGRES, postgres(home.data("postgres").resolve("postmaster.pid")));
        couchdb.ifPresent(process -> found.put("CouchDB", List.of(process)));
        found.put("this benchmark", List.of(ProcessHandle.current()));
        return new StackProcesses(found);
    }

    /** The server and those it has forked, one a connection: it is a daemon, and so no child of who started it. */
    private static List<ProcessHandle> postgres(Path pidFile) {
        try (var lines = Files.lines(pidFile)) {
            return lines.limit(1)
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())).stream())
                    .flatMap(StackProcesses::family)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The CPU time that each part has used so far; of a process that has ended, nothing, but for those of Postgres. */
    public Map<String, Duration> cpu() {
        var used = new LinkedHashMap<String, Duration>();
        byName.forEach((name, processes) ->
                used.put(name, name.equals(POSTGRES) ? ofFamily(processes.getFirst()) : sum(processes.stream())));
        return used;
    }

    /** Of a server that forks one process a connection: they come and go between two looks. */
    private static Duration ofFamily(ProcessHandle server) {
        return sum(family(server)).plus(ofEndedChildren(server.pid()));
    }

    private static Stream<ProcessHandle> family(ProcessHandle server) {
        return Stream.concat(Stream.of(server), server.children());
    }

    private static Duration sum(Stream<ProcessHandle> processes) {
        return processes
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration ofEndedChildren(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return TICK.multipliedBy(OF_ENDED_CHILDREN.stream()
                    .mapToLong(at -> Long.parseLong(fields[at]))
                    .sum());
        } catch (IOException e) {
            // No Linux, or ended: what its children have used is not known.
            return Duration.ZERO;
        }
    }

    /** The CPU time that each part has used since {@code earlier}, an answer of {@link #cpu()}. */
    public Map<String, Duration> cpuSince(Map<String, Duration> earlier) {
        var used = new LinkedHashMap<String, Duration>();
        cpu().forEach((name, now) -> used.put(name, now.minus(earlier.getOrDefault(name, Duration.ZERO))));
        return used;
    }

    /**
     * Waits until the parts have next to nothing left to do, so that the end of one round does not weigh on the next.
     *
     * @return whether they came to rest within {@code patience}
     */
    public boolean awaitQuiet(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        int quiet = 0;
        while (quiet < QUIET_LOOKS) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            var before = cpu();
            Pause.of(LOOK);
            var used = cpuSince(before).values().stream().reduce(Duration.ZERO, Duration::plus);
            quiet = used.toNanos() < QUIET * LOOK.toNanos() ? quiet + 1 : 0;
        }
        return true;
    }

    /** Bytes of memory that the processes of one part hold ({@code VmRSS}); empty where the system does not tell. */
    public OptionalLong residentBytes(String name) {
        long bytes = byName.getOrDefault(name, List.of()).stream()
                .mapToLong(process -> residentBytes(process.pid()).orElse(0))
                .sum();
        return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    private static OptionalLong residentBytes(long pid) {
        var status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.isReadable(status)) {
            return OptionalLong.empty();
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            // It has ended between the two looks.
            return OptionalLong.empty();
        }
    }

    /**
     * How many connections the processes of one part have to a port of this machine; zero where the system does not tell.
     */
    public int connections(String name, int port) {
        return byName.getOrDefault(name, List.of()).stream()
                .mapToInt(process -> Connections.of(process.pid(), port))
                .sum();
    }
}
