package io.shopsync.bench.replicate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.bench.Latencies;
import io.shopsync.bench.PrivateStack;
import io.shopsync.bench.Report;
import io.shopsync.bench.StackProcesses;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.couchdb.CouchException;
import io.shopsync.stack.process.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** Many shops in which nothing happens: what they cost, and how soon a single write in one of them is at the standby. */
final class IdleShops {

    private static final int SIGNUPS_AT_ONCE = 16;
    private static final int JOBS_A_REQUEST = 500;
    private static final Duration REST = Duration.ofMinutes(2);
    private static final Duration WATCHED = Duration.ofSeconds(30);
    private static final Duration START = Duration.ofSeconds(100);
    private static final Duration GIVEN_UP = Duration.ofSeconds(10);
    private static final double PERCENT = 100;
    private static final int MEBIBYTE = 1 << 20;

    private final Shops shops;
    private final PrivateStack stack;
    private final Report report;
    private final List<ShopId> all;
    private final Random chance = new Random(1);

    IdleShops(Shops shops, PrivateStack stack, Report report, String prefix, int count) {
        this.shops = shops;
        this.stack = stack;
        this.report = report;
        this.all = IntStream.range(0, count)
                .mapToObj(n -> new ShopId(prefix + "-i" + n))
                .toList();
    }

    /** What everything costs without them. */
    void measureWithout() {
        report.line("came to rest", String.valueOf(stack.processes().awaitQuiet(REST)));
        cost("none of them");
    }

    /** Makes them, and waits until they are at the standby and all is quiet. */
    void make() {
        var permits = new Semaphore(SIGNUPS_AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(all.stream()
                            .map(shop -> CompletableFuture.runAsync(() -> signUp(shop, permits), threads))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        }
        shops.awaitAllAtStandby(all);
        report.line("came to rest", String.valueOf(stack.processes().awaitQuiet(REST)));
    }

    private void signUp(ShopId shop, Semaphore permits) {
        permits.acquireUninterruptibly();
        try {
            shops.signUp(shop);
        } finally {
            permits.release();
        }
    }

    /** What replicating them costs while nothing is written, and how soon single writes come over. */
    void measure(String who, int singles) {
        cost(who);
        singles(who, singles);
    }

    /** What the same databases cost while nobody replicates them. */
    void measurePaused() {
        shops.pauseAll();
        report.line("came to rest", String.valueOf(stack.processes().awaitQuiet(REST)));
        cost("replication paused");
    }

    /** Has CouchDB's replicator keep all their databases, with its defaults and a job for each. */
    void startJobs() {
        var jobs = new ArrayList<ObjectNode>();
        for (var shop : all) {
            for (var name : DatabaseName.DEFAULT_CATALOGUE) {
                jobs.add(job(name.of(shop)));
            }
        }
        for (var from = 0; from < jobs.size(); from += JOBS_A_REQUEST) {
            stack.couchdb()
                    .database("_replicator")
                    .bulk()
                    .write(jobs.subList(from, Math.min(jobs.size(), from + JOBS_A_REQUEST)));
        }
        // 500 run soon; from then on the scheduler swaps 20 a minute.
        Pause.of(START);
        report.line("jobs, after " + Report.text(START), counter("couch_replicator/jobs"));
    }

    private ObjectNode job(ShopDatabase database) {
        var job = JsonNodeFactory.instance.objectNode().put("_id", "bench-" + database.physicalName());
        job.setAll(shops.replication(database.physicalName()));
        return job.put("continuous", true);
    }

    private void cost(String who) {
        var processes = stack.processes();
        var before = processes.cpu();
        Pause.of(WATCHED);
        var used = processes.cpuSince(before);
        report.line("CPU at rest, " + who, percents(used));
        report.line("memory, " + who, memory(processes));
        report.line("open databases, " + who, counter("couchdb/open_databases"));
    }

    /** What CouchDB counts of itself; the embedded server does not. */
    private String counter(String path) {
        try {
            var counted = stack.couchdb().statistics(path);
            return counted.has("value") ? counted.path("value").asText() : counted.toString();
        } catch (CouchException.ServerError _) {
            return "not told";
        }
    }

    private static String percents(Map<String, Duration> used) {
        return used.entrySet().stream()
                .map(part -> part.getKey()
                        + ' '
                        + String.format(
                                Locale.ROOT,
                                "%.1f %%",
                                PERCENT * part.getValue().toNanos() / WATCHED.toNanos()))
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
    }

    private static String memory(StackProcesses processes) {
        return processes.byName().keySet().stream()
                .map(part -> part + ' ' + processes.residentBytes(part).orElse(0) / MEBIBYTE + " MB")
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
    }

    private void singles(String who, int singles) {
        var latencies = new Latencies();
        var late = 0;
        for (var i = 0; i < singles; i++) {
            var shop = all.get(chance.nextInt(all.size()));
            var id = who.replace(' ', '-') + '-' + i;
            var begun = System.nanoTime();
            if (shops.writeAndAwait(shop, id, GIVEN_UP)) {
                latencies.add(Duration.ofNanos(System.nanoTime() - begun));
            } else {
                late++;
            }
        }
        if (latencies.count() > 0) {
            report.latencies("one write, " + who, latencies);
        }
        report.line("not there in " + Report.text(GIVEN_UP) + ", " + who, late + " of " + singles);
    }
}
