package io.shopsync.bench.provision;

import io.shopsync.bench.Latencies;
import io.shopsync.bench.PrivateStack;
import io.shopsync.bench.Rate;
import io.shopsync.bench.Report;
import io.shopsync.bench.Rounds;
import io.shopsync.stack.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./dev bench provision}. */
@Command(
        name = "provision",
        description = {
            "How fast shops are made, from signup to READY.",
            "The same server first takes the bare requests that so many shops need, sent straight to it at the best "
                    + "concurrency; both by turns. The ratio is signups to READY against the bare requests."
        })
public final class ProvisionBenchmark implements Runnable {

    private static final List<Integer> IN_FLIGHT = List.of(4, 8, 16, 32, 64);
    private static final Duration REST = Duration.ofSeconds(30);

    @Option(names = "--shops", defaultValue = "200", description = "shops a round (${DEFAULT-VALUE})")
    private int shops;

    @Option(names = "--rounds", defaultValue = "3", description = "rounds of each side (${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--singles", defaultValue = "15", description = "shops made one by one (${DEFAULT-VALUE})")
    private int singles;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        var report = new Report(spec.commandLine().getOut());
        report.heading("Starting a stack of its own …");
        try (var stack = PrivateStack.start()) {
            report.line("CouchDB", describe(stack));
            try (var made = new MadeShops(stack)) {
                new Run(stack, made, report).run();
            }
        }
    }

    private static String describe(PrivateStack stack) {
        var where = switch (stack.addresses().couchdbKind()) {
            case GIVEN -> "the one that COUCHDB_URL names, ";
            case INSTALLED -> "a private instance of the installed one, ";
            case CONTAINER -> "in a container, ";
            case EMBEDDED -> "embedded, speaking as ";
        };
        return where + stack.couchdb().info().version();
    }

    /** One run on a stack that is up. */
    private final class Run {

        private final PrivateStack stack;
        private final MadeShops made;
        private final Report report;
        private final Signups signups;
        private final RawProvisioning raw;

        private Run(PrivateStack stack, MadeShops made, Report report) {
            this.stack = stack;
            this.made = made;
            this.report = report;
            this.signups = new Signups(stack.api());
            var pattern = made.signups(1);
            signups.make(pattern, new Latencies());
            this.raw = made.copying(pattern.getFirst());
        }

        private void run() {
            report.heading("Warming up …");
            signups.make(made.signups(shops), new Latencies());
            rest();
            raw.make(made.copies(shops), IN_FLIGHT.getLast());
            rest();
            report.heading("One shop at a time …");
            singles();
            int inFlight = bestInFlight();
            var latencies = new Latencies();
            report.heading("Rounds of " + shops + " shops, bare requests and signups by turns …");
            var results = Rounds.alternate(
                    rounds,
                    () -> measured("bare requests", () -> raw.make(made.copies(shops), inFlight)),
                    () -> measured("signup to READY", () -> signups.make(made.signups(shops), latencies)));
            report.heading("Memory after all of that");
            memory();
            report.heading("Result");
            report.line("bare requests", Report.perSecond(results.bestPerSecond(), "shops"));
            report.line("signup to READY", Report.perSecond(results.oursPerSecond(), "shops"));
            report.latencies("signup to READY, in those bursts", latencies);
            report.ratio(results.ratio());
        }

        private int bestInFlight() {
            report.heading("Bare requests, so many shops at once …");
            int best = 0;
            double highest = 0;
            for (int inFlight : IN_FLIGHT) {
                var rate = raw.make(made.copies(Math.max(inFlight, shops / 2)), inFlight);
                report.rate(inFlight + " at once", rate, "shops");
                if (rate.perSecond() > highest) {
                    highest = rate.perSecond();
                    best = inFlight;
                }
                rest();
            }
            return best;
        }

        private Rate measured(String what, Supplier<Rate> round) {
            var processes = stack.processes();
            var before = processes.cpu();
            var rate = round.get();
            var used = processes.cpuSince(before);
            report.rate(what, rate, "shops");
            report.line("  CPU a shop", perShop(used, rate.count()));
            rest();
            return rate;
        }

        private void singles() {
            var bare = new Latencies();
            var whole = new Latencies();
            var stages = new Stages();
            for (int i = 0; i < singles; i++) {
                bare.add(raw.make(made.copies(1), 1).time());
                rest();
                var shop = made.signups(1);
                var asked = Instant.now();
                signups.make(shop, whole);
                var ready = Instant.now();
                rest();
                stages.add(stack.api(), shop.getFirst(), asked, ready);
            }
            report.latencies("bare requests", bare);
            report.latencies("signup to READY", whole);
            stages.print(report);
            report.line(
                    "times the bare requests",
                    "%.1f"
                            .formatted((double) whole.median().toNanos()
                                    / bare.median().toNanos()));
        }

        private void memory() {
            var processes = stack.processes();
            for (var service : Service.values()) {
                processes
                        .residentBytes(service.module())
                        .ifPresent(bytes -> report.line(service.module(), (bytes >> 20) + " MB"));
            }
        }

        private void rest() {
            if (!stack.processes().awaitQuiet(REST)) {
                report.line("", "(still busy after " + REST.toSeconds() + " s)");
            }
        }

        private static String perShop(Map<String, Duration> used, long count) {
            return String.join(
                    ", ",
                    used.entrySet().stream()
                            .map(entry -> entry.getKey()
                                    + ' '
                                    + Report.text(entry.getValue().dividedBy(count)))
                            .toList());
        }
    }
}
