package io.shopsync.bench.isolation;

import io.shopsync.bench.Aims;
import io.shopsync.bench.Latencies;
import io.shopsync.bench.PrivateStack;
import io.shopsync.bench.Report;
import io.shopsync.contracts.ShopId;
import io.shopsync.stack.process.Pause;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./dev bench isolation}. */
@Command(
        name = "isolation",
        description = {
            "How soon violations of isolation are found, and what watching costs.",
            "Many shops of one database each sign up. Idle, their cost is measured against that of none. Then documents are "
                    + "written past the guard, one by one and many at once, and it is measured how long each takes to be in "
                    + "quarantine with a finding in the audit. The ratio is the weakest figure against its aim."
        })
public final class IsolationBenchmark implements Runnable {

    /** So that the first look at each database's tills is over with the signups, and does not pass for watching. */
    private static final Map<String, String> SETTINGS = Map.of("SHOPSYNC_SYNC_LOOK_DATABASES_PER_SECOND", "200");

    private static final double SECONDS_TO_FIND = 2;
    private static final double IDLE_PERCENT = 3;
    private static final Duration REST = Duration.ofMinutes(2);
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    @Option(names = "--shops", defaultValue = "2000", description = "shops (${DEFAULT-VALUE})")
    private int shops;

    @Option(names = "--single", defaultValue = "30", description = "violations one by one (${DEFAULT-VALUE})")
    private int single;

    @Option(names = "--at-once", defaultValue = "500", description = "violations at once (${DEFAULT-VALUE})")
    private int atOnce;

    @Option(
            names = "--settle-seconds",
            defaultValue = "60",
            description = "between the signups, with what follows on them, and the idle time (${DEFAULT-VALUE})")
    private int settleSeconds;

    @Option(names = "--idle-seconds", defaultValue = "60", description = "each idle time (${DEFAULT-VALUE})")
    private int idleSeconds;

    @Spec
    private CommandSpec spec;

    private final String run = Long.toString(new SecureRandom().nextLong(1L << 40), Character.MAX_RADIX);

    @Override
    public void run() {
        var report = new Report(spec.commandLine().getOut());
        report.heading("Starting a stack of its own …");
        try (var stack = PrivateStack.start(Map.of(), SETTINGS)) {
            report.line(
                    "CouchDB",
                    stack.addresses().couchdbKind() + ", "
                            + stack.couchdb().info().version());
            var idleness = new Idleness(stack, Duration.ofSeconds(idleSeconds), REST);
            report.heading("No shops, for " + idleSeconds + " s …");
            var none = idleness.measure(report);
            report.heading("Signing " + shops + " shops up …");
            var crowd = Crowd.signUp(
                    stack,
                    IntStream.range(0, shops)
                            .mapToObj(number -> new ShopId("bench-" + run + '-' + number))
                            .toList());
            report.rate("signups", crowd.signups(), "shops");
            Pause.of(Duration.ofSeconds(settleSeconds));
            report.heading(shops + " idle shops, for " + idleSeconds + " s …");
            var idle = idleness.measure(report);
            var aims = new Aims(report);
            report.heading("Violations one by one …");
            var trespass = new Trespass(stack);
            var singly = oneByOne(trespass, crowd.shops());
            report.latencies("from the write to the finding", singly);
            report.heading(atOnce + " violations at once …");
            report.latencies("from each write to its finding", allAtOnce(trespass, crowd.shops(), report));
            report.heading("Result");
            aims.lessThan(
                    "a violation is found, at worst", singly.percentile(100).toNanos() / 1e9, "s", SECONDS_TO_FIND);
            aims.lessThan(
                    "watching " + shops + " idle shops",
                    Math.max(0.01, idle.orchestratorPercent() - none.orchestratorPercent()),
                    "% of a core",
                    IDLE_PERCENT);
            report.line("connections to CouchDB for them", Integer.toString(idle.connections() - none.connections()));
            report.ratio(aims.weakest());
        }
    }

    private Latencies oneByOne(Trespass trespass, List<ShopId> crowd) {
        var latencies = new Latencies();
        for (int number = 0; number < single; number++) {
            var shop = crowd.get(ThreadLocalRandom.current().nextInt(crowd.size()));
            var found = trespass.inOneShop(shop, "single-" + number);
            latencies.add(found);
            // Not in step with what CouchDB and the watcher do by the clock.
            Pause.of(BETWEEN.plusMillis(ThreadLocalRandom.current().nextInt(500)));
        }
        return latencies;
    }

    private Latencies allAtOnce(Trespass trespass, List<ShopId> crowd, Report report) {
        var victims = crowd.stream().limit(atOnce).collect(Collectors.toList());
        if (victims.size() < atOnce) {
            throw new IllegalStateException("violations at once are one a shop: there are too few shops");
        }
        return trespass.inAll(victims, report);
    }
}
