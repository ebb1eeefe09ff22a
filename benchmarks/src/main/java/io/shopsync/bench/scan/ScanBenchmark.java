package io.shopsync.bench.scan;

import io.shopsync.bench.PrivateStack;
import io.shopsync.bench.ReadyShop;
import io.shopsync.bench.Report;
import io.shopsync.bench.Rounds;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import java.security.SecureRandom;
import java.time.Duration;
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

    @Option(names = "--documents", defaultValue = "50000", description = "documents (${DEFAULT-VALUE})")
    private int documents;

    @Option(names = "--rounds", defaultValue = "5", description = "rounds of each side (${DEFAULT-VALUE})")
    private int rounds;

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
            scan(stack, report);
        }
    }

    private void scan(PrivateStack stack, Report report) {
        var shop = new ShopId("bench-" + run + "-scan");
        ReadyShop.signUp(stack, shop, SALES);
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

    private static void rest(PrivateStack stack, Report report) {
        if (!stack.processes().awaitQuiet(REST)) {
            report.line("", "(still busy after " + REST.toSeconds() + " s)");
        }
    }
}
