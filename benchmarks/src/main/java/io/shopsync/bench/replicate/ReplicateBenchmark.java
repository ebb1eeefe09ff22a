package io.shopsync.bench.replicate;

import io.shopsync.bench.Latencies;
import io.shopsync.bench.PrivateStack;
import io.shopsync.bench.Rate;
import io.shopsync.bench.Report;
import io.shopsync.bench.Rounds;
import io.shopsync.contracts.ShopId;
import io.shopsync.stack.couchdb.CouchServer;
import io.shopsync.stack.process.Folders;
import io.shopsync.stack.process.Ports;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./dev bench replicate}. */
@Command(
        name = "replicate",
        description = {
            "How fast documents come to the standby.",
            "A database full of documents is copied once by CouchDB's own replicator and once by the orchestrator, by turns, "
                    + "between the same two servers: onto a guard that stands there, then to a standby that has lost the "
                    + "database, for CouchDB's replicator an empty one. The last line is that ratio, ours against CouchDB's.",
            "Then single writes in a shop at rest are timed until they are at the standby, and shops at rest are kept by "
                    + "either for a while, to see what that costs."
        })
public final class ReplicateBenchmark implements Runnable {

    private static final Duration REST = Duration.ofSeconds(30);
    private static final String COUCHDB = "CouchDB's replicator";
    private static final String OURS = "the orchestrator";
    private static final Before NOTHING = (_, _) -> {};

    @Option(names = "--documents", defaultValue = "10000", description = "documents a round (${DEFAULT-VALUE})")
    private int documents;

    @Option(names = "--bytes", defaultValue = "500", description = "bytes a document (${DEFAULT-VALUE})")
    private int bytes;

    @Option(names = "--rounds", defaultValue = "3", description = "rounds of each side (${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--shops", defaultValue = "500", description = "shops at rest; 0 for none (${DEFAULT-VALUE})")
    private int shopsAtRest;

    @Option(names = "--singles", defaultValue = "20", description = "single writes (${DEFAULT-VALUE})")
    private int singles;

    @Spec
    private CommandSpec spec;

    private final String run = Long.toString(new SecureRandom().nextLong(1L << 40), Character.MAX_RADIX);
    private int count;

    @Override
    public void run() {
        var report = new Report(spec.commandLine().getOut());
        report.heading("Starting a standby and a stack of its own …");
        var folder = Folders.temporary("bench-standby");
        try (var standby = CouchServer.choose(folder, Ports.free(), "bench", withoutGivenServer());
                var stack = PrivateStack.start(Map.of("COUCHDB_STANDBY_URL", withCredentials(standby)))) {
            report.line(
                    "CouchDB",
                    stack.addresses().couchdbKind() + " "
                            + stack.couchdb().info().version());
            measure(new Shops(stack, standby), stack, report);
        } finally {
            Folders.delete(folder);
        }
    }

    private void measure(Shops shops, PrivateStack stack, Report report) {
        shops.startJobsAtOnce();
        report.heading("Warming up …");
        round(shops, stack, NOTHING, Shops::byCouchDb);
        round(shops, stack, NOTHING, Shops::byOrchestrator);
        round(shops, stack, Shops::lose, Shops::byOrchestrator);
        report.heading("Rounds of " + documents + " documents of " + bytes + " bytes onto a guard, by turns …");
        var guarded = Rounds.alternate(
                rounds,
                () -> told(report, COUCHDB, round(shops, stack, NOTHING, Shops::byCouchDb)),
                () -> told(report, OURS, round(shops, stack, NOTHING, Shops::byOrchestrator)));
        report.heading("The same to a standby that has lost the database; CouchDB's replicator into an empty one …");
        var results = Rounds.alternate(
                rounds,
                () -> told(report, COUCHDB, round(shops, stack, Shops::replaceByEmpty, Shops::byCouchDb)),
                () -> told(report, OURS, round(shops, stack, Shops::lose, Shops::byOrchestrator)));
        report.heading("Single writes in a shop at rest …");
        var latencies = singles(shops, stack);
        if (shopsAtRest > 0) {
            atRest(shops, stack, report);
        }
        report.heading("Result");
        tell(report, "onto a guard", guarded);
        tell(report, "first copy", results);
        report.latencies("one write, until it is at the standby", latencies);
        report.ratio(results.ratio());
    }

    /** How a database comes to the standby; returns when all of it is there. */
    @FunctionalInterface
    private interface Copy {
        void copy(Shops shops, ShopId shop, int documents);
    }

    /** What becomes of the database at the standby before it is copied. */
    @FunctionalInterface
    private interface Before {
        void happens(Shops shops, ShopId shop);
    }

    private Rate round(Shops shops, PrivateStack stack, Before before, Copy copy) {
        var shop = new ShopId("bench-" + run + "-r" + count++);
        shops.make(shop);
        shops.pause(shop);
        shops.fill(shop, documents, bytes);
        before.happens(shops, shop);
        stack.processes().awaitQuiet(REST);
        return Rate.of(() -> {
            copy.copy(shops, shop, documents);
            return documents;
        });
    }

    private Latencies singles(Shops shops, PrivateStack stack) {
        var shop = new ShopId("bench-" + run + "-single");
        shops.make(shop);
        var latencies = new Latencies();
        for (int i = 0; i < singles; i++) {
            stack.processes().awaitQuiet(Duration.ofSeconds(5));
            var id = "single-" + i;
            latencies.time(() -> shops.writeAndAwait(shop, id));
        }
        return latencies;
    }

    private void atRest(Shops shops, PrivateStack stack, Report report) {
        var idle = new IdleShops(shops, stack, report, "bench-" + run, shopsAtRest);
        idle.measureWithout();
        report.heading("Making " + shopsAtRest + " shops, of four databases each …");
        idle.make();
        idle.measure("the orchestrator", singles);
        idle.measurePaused();
        report.heading("The same with a job for each database in CouchDB's replicator, by its defaults …");
        shops.startJobsWithDefaults();
        idle.startJobs();
        idle.measure("CouchDB's replicator", singles);
    }

    private static void tell(Report report, String what, Rounds rounds) {
        report.line(COUCHDB + ", " + what, Report.perSecond(rounds.bestPerSecond(), "documents"));
        report.line(OURS + ", " + what, Report.perSecond(rounds.oursPerSecond(), "documents"));
        report.line("times as fast, " + what, "%.2f".formatted(rounds.ratio()));
    }

    private static Rate told(Report report, String who, Rate rate) {
        report.rate(who, rate, "documents");
        return rate;
    }

    private static Map<String, String> withoutGivenServer() {
        var environment = new HashMap<>(System.getenv());
        environment.put("COUCHDB_URL", environment.getOrDefault("COUCHDB_STANDBY_URL", ""));
        return environment;
    }

    private static String withCredentials(CouchServer server) {
        var url = server.url();
        return "http://" + server.username() + ':' + server.password() + '@' + url.getHost() + ':' + url.getPort();
    }
}
