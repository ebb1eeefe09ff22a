package io.shopsync.bench.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.shopsync.bench.Aims;
import io.shopsync.bench.Rate;
import io.shopsync.bench.Report;
import io.shopsync.couchdb.embedded.EmbeddedCouch;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./dev bench couchdb-embedded}. */
@Command(
        name = "couchdb-embedded",
        description = {
            "How fast and how small the embedded CouchDB is, in memory.",
            "Server and clients share this JVM and its cores. Each rate is the middle one of the rounds after the warm "
                    + "ones. The ratio is the weakest figure against its aim."
        })
public final class EmbeddedCouchBenchmark implements Runnable {

    private static final int BATCH = 1000;
    private static final int WRITERS = 2;
    private static final int WARM = 3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MEGABYTE = 1024 * 1024;
    private static final byte[] NOTHING = {};
    private static final byte[] SECURITY = """
            {"admins":{"roles":["_admin"]},"members":{"names":["shop_acme_sync"],"roles":[]}}""".getBytes(UTF_8);
    private static final byte[] GUARD = """
            {"validate_doc_update":"function (doc) { if (doc.shopId !== 'acme') { throw {forbidden: 'wrong shopId'}; } }"}
            """.getBytes(UTF_8);

    @Option(names = "--documents", defaultValue = "50000", description = "documents a round (${DEFAULT-VALUE})")
    private int documents;

    @Option(names = "--rounds", defaultValue = "5", description = "rounds that count (${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--databases", defaultValue = "10000", description = "small databases (${DEFAULT-VALUE})")
    private int databases;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        var report = new Report(spec.commandLine().getOut());
        var aims = new Aims(report);
        report.heading("In memory, on " + Runtime.getRuntime().availableProcessors() + " cores, clients included");
        try (var couch = start()) {
            var asker = Asker.of(couch.url());
            aims.atLeast("_bulk_docs of " + BATCH, middle(round -> write(asker, round)), "documents", 10_000);
            aims.atLeast("_changes with documents", middle(_ -> readChanges(asker)), "documents", 20_000);
        }
        aims.lessThan("start in a running JVM", medianStart(), "ms", 300);
        aims.lessThan("heap of " + databases + " small databases", heapOfDatabases(), "MB", databases / 50.0);
        report.ratio(aims.weakest());
    }

    private static EmbeddedCouch start() {
        return EmbeddedCouch.builder().inMemory().start(0);
    }

    private Rate middle(IntFunction<Rate> measured) {
        var rates = IntStream.range(0, WARM + rounds)
                .mapToObj(measured)
                .skip(WARM)
                .sorted(Comparator.comparingDouble(Rate::perSecond))
                .toList();
        return rates.get(rates.size() / 2);
    }

    /** A database a round, so that each begins with an empty one. */
    private Rate write(Asker asker, int round) {
        var database = database(round);
        asker.ask("PUT", database, NOTHING);
        var batches = IntStream.range(0, documents / BATCH)
                .mapToObj(batch -> batch(batch * BATCH, BATCH))
                .toList();
        return Rate.of(() -> {
            together(batches.stream().map(batch -> () -> asker.ask("POST", database + "/_bulk_docs", batch)));
            return (long) batches.size() * BATCH;
        });
    }

    private Rate readChanges(Asker asker) {
        return Rate.of(() -> {
            asker.ask("GET", database(0) + "/_changes?include_docs=true", NOTHING);
            return (long) documents / BATCH * BATCH;
        });
    }

    /** In milliseconds. */
    private double medianStart() {
        return middle(_ -> Rate.of(EmbeddedCouchBenchmark::startAndAnswer))
                        .time()
                        .toNanos()
                / NANOS_PER_MILLI;
    }

    /** Stopping, which is quick, counts too. */
    private static long startAndAnswer() {
        try (var couch = start()) {
            Asker.of(couch.url()).ask("GET", "/_up", NOTHING);
        }
        return 1;
    }

    /** What they add to the heap, in megabytes: each with a {@code _security}, a validating function, ten documents. */
    private double heapOfDatabases() {
        try (var couch = start()) {
            var asker = Asker.of(couch.url());
            var content = batch(0, 10);
            double before = usedHeap();
            together(IntStream.range(0, databases).mapToObj(number -> () -> {
                asker.ask("PUT", database(number), NOTHING);
                asker.ask("PUT", database(number) + "/_security", SECURITY);
                asker.ask("PUT", database(number) + "/_design/guard", GUARD);
                asker.ask("POST", database(number) + "/_bulk_docs", content);
            }));
            return (usedHeap() - before) / MEGABYTE;
        }
    }

    private static double usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Does all of it, so much at once, and fails if any of it does. */
    private static void together(Stream<Runnable> work) {
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            var all =
                    work.map(each -> CompletableFuture.runAsync(each, threads)).toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(all).join();
        }
    }

    private static String database(int number) {
        return "/shop_s" + number + "_sales";
    }

    private static byte[] batch(int first, int size) {
        return IntStream.range(first, first + size)
                .mapToObj(
                        "{\"_id\":\"sale-%1$07d\",\"shopId\":\"acme\",\"product\":\"tea\",\"amount\":%1$d}"::formatted)
                .collect(Collectors.joining(",", "{\"docs\":[", "]}"))
                .getBytes(UTF_8);
    }
}
