package io.shopsync.bench.scan;

import io.shopsync.bench.Latencies;
import io.shopsync.bench.PrivateStack;
import io.shopsync.bench.Report;
import io.shopsync.bench.Rounds;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.stack.Service;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./dev bench scan}. */
@Command(
        name = "scan",
        description = {
            "How fast a database is scanned for what does not belong there.",
            "The same _changes request is read raw, and a scan from the first change on is asked for; both by turns. The "
                    + "ratio is the scan against the raw request, its way through the work queue included."
        })
public final class ScanBenchmark implements Runnable {

    private static final DatabaseName SALES = new DatabaseName("sales");
    private static final Duration REST = Duration.ofSeconds(30);
    private static final int SIGNUPS_AT_ONCE = 32;

    @Option(names = "--documents", defaultValue = "20000", description = "documents (${DEFAULT-VALUE})")
    private int documents;

    @Option(names = "--rounds", defaultValue = "5", description = "rounds of each side (${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--idle-shops",
            defaultValue = "0",
            description = "also sign so many shops up and measure what watching them costs (${DEFAULT-VALUE})")
    private int idleShops;

    @Option(names = "--idle-seconds", defaultValue = "60", description = "for so long (${DEFAULT-VALUE})")
    private int idleSeconds;

    @Spec
    private CommandSpec spec;

    private final String run = Long.toString(new SecureRandom().nextLong(1L << 40), Character.MAX_RADIX);

    @Override
    public void run() {
        var report = new Report(spec.commandLine().getOut());
        report.heading("Starting a stack of its own …");
        try (var stack = PrivateStack.start()) {
            report.line(
                    "CouchDB",
                    stack.addresses().couchdbKind() + ", "
                            + stack.couchdb().info().version());
            if (idleShops > 0) {
                idle(stack, report);
            }
            scan(stack, report);
        }
    }

    private void scan(PrivateStack stack, Report report) {
        var shop = new ShopId("bench-" + run + "-scan");
        signUp(stack, shop);
        var database = new ScannedDatabase(stack, SALES.of(shop), documents);
        report.heading("Writing " + documents + " documents …");
        database.fill();
        database.awaitScanned();
        rest(stack, report);
        report.heading("Warming up …");
        database.raw();
        database.scan();
        rest(stack, report);
        report.heading("The request raw and a scan by turns …");
        var results = Rounds.alternate(
                rounds,
                () -> {
                    var rate = database.raw();
                    report.rate("raw request", rate, "documents");
                    return rate;
                },
                () -> {
                    var rate = database.scan();
                    report.rate("scan", rate, "documents");
                    return rate;
                });
        report.heading("Result");
        report.line("raw request", Report.perSecond(results.bestPerSecond(), "documents"));
        report.line("scan", Report.perSecond(results.oursPerSecond(), "documents"));
        report.ratio(results.ratio());
    }

    private void idle(PrivateStack stack, Report report) {
        report.heading("Signing " + idleShops + " shops up …");
        var made = new Latencies();
        var permits = new Semaphore(SIGNUPS_AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, idleShops)
                    .mapToObj(number -> new ShopId("bench-" + run + '-' + number))
                    .forEach(shop -> {
                        permits.acquireUninterruptibly();
                        threads.execute(() -> {
                            try {
                                made.time(() -> signUp(stack, shop));
                            } finally {
                                permits.release();
                            }
                        });
                    });
        }
        rest(stack, report);
        report.heading("Idle for " + idleSeconds + " s …");
        var processes = stack.processes();
        var before = processes.cpu();
        pause(Duration.ofSeconds(idleSeconds));
        var used = processes.cpuSince(before);
        used.forEach(
                (name, cpu) -> report.line(name, "%.1f %% of a core".formatted(cpu.toMillis() / 10.0 / idleSeconds)));
        report.line(
                Service.ORCHESTRATOR.module(),
                processes.residentBytes(Service.ORCHESTRATOR.module()).stream()
                        .mapToObj(bytes -> (bytes >> 20) + " MB")
                        .findFirst()
                        .orElse("memory unknown"));
    }

    private static void signUp(PrivateStack stack, ShopId shop) {
        var answer = stack.api().signUp(shop, "Benchmark");
        if (answer.status() != 202) {
            throw new IllegalStateException("a signup was answered " + answer.status() + ' ' + answer.body());
        }
        var settled = stack.api().followUntilSettled(shop);
        if (!settled.path("status").asText().equals("READY")) {
            throw new IllegalStateException("a shop has come to " + settled);
        }
    }

    private static void rest(PrivateStack stack, Report report) {
        if (!stack.processes().awaitQuiet(REST)) {
            report.line("", "(still busy after " + REST.toSeconds() + " s)");
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
