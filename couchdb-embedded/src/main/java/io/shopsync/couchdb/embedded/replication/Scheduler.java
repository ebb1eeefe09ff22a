package io.shopsync.couchdb.embedded.replication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.config.Config;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Runs jobs, {@code [replicator] max_jobs} of them at a time. Each interval those that wait get their turn in place of
 * continuous ones that have run longest, and those that crashed and have waited long enough are started again
 * ({@code couch_replicator_scheduler}).
 */
final class Scheduler implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Config config;
    private final Consumer<Job> completed;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final Thread ticker =
            Thread.ofVirtual().name("replication scheduler").unstarted(this::tick);
    private final Map<String, Job> jobs = new TreeMap<>();
    private int runs;
    private boolean closed;

    /** @param completed told of a job with a document that is done, outside the lock */
    Scheduler(Config config, Consumer<Job> completed) {
        this.config = config;
        this.completed = completed;
        ticker.start();
    }

    /** Adds a job, in place of one with its id that is another. Returns the one that is there then. */
    synchronized Job add(Job job) {
        var known = jobs.get(job.id());
        if (known != null && known.spec().equals(job.spec())) {
            return known;
        }
        remove(job.id());
        if (closed) {
            job.result().cancel(false);
            return job;
        }
        jobs.put(job.id(), job);
        if (running().count() < maxJobs()) {
            start(job);
        }
        return job;
    }

    synchronized Optional<Job> job(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    synchronized Optional<Job> jobOf(String documentId) {
        return jobs.values().stream()
                .filter(job -> documentId.equals(job.documentId()))
                .findFirst();
    }

    /** A row a job, in order of id, made while nothing changes. */
    synchronized List<ObjectNode> rows(Function<Job, ObjectNode> row) {
        return jobs.values().stream().map(row).toList();
    }

    synchronized List<ObjectNode> tasks() {
        return running().map(Job::toTask).toList();
    }

    Duration healthy() {
        return Duration.ofSeconds(config.number("replicator", "health_threshold", 120));
    }

    /** Stops and forgets a job. */
    synchronized Optional<Job> remove(String id) {
        var job = Optional.ofNullable(jobs.remove(id));
        job.filter(Job::isRunning).ifPresent(Scheduler::stop);
        job.ifPresent(stopped -> stopped.result().cancel(false));
        return job;
    }

    private void start(Job job) {
        var replication = new Replication(http, job.spec(), base(job.id()));
        var thread = Thread.ofVirtual().name("replication " + job.id()).unstarted(() -> run(job, replication));
        runs++;
        job.started(new Job.Run(replication, thread, runs));
        thread.start();
    }

    private static void stop(Job job) {
        if (!job.isFinishing()) {
            job.run().thread().interrupt();
        }
        job.stopped();
    }

    private void run(Job job, Replication replication) {
        try {
            var result = replication.run();
            if (finishes(job, replication)) {
                completed.accept(job);
                forget(job);
                job.result().complete(result);
            }
        } catch (Crash crash) {
            crashed(job, replication, crash);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            crashed(job, replication, Crash.of("{worker_died," + e + "}"));
        }
    }

    private synchronized boolean finishes(Job job, Replication replication) {
        boolean current = isCurrent(job, replication);
        if (current) {
            job.finishing();
        }
        return current;
    }

    private synchronized boolean isCurrent(Job job, Replication replication) {
        return job.isRunning() && job.run().replication() == replication;
    }

    private synchronized void forget(Job job) {
        jobs.remove(job.id(), job);
    }

    /** A job without a document is not tried again. */
    private synchronized void crashed(Job job, Replication replication, Crash crash) {
        if (!isCurrent(job, replication)) {
            return;
        }
        job.crashed(crash.getMessage());
        if (job.documentId() == null) {
            jobs.remove(job.id(), job);
        }
        job.result().completeExceptionally(crash);
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(config.number("replicator", "interval", 60_000));
                reschedule();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void reschedule() {
        var due = jobs.values().stream()
                .filter(job -> job.isDue(healthy()))
                .sorted(Comparator.comparing(Job::lastStarted))
                .toList();
        long free = maxJobs() - running().count();
        long excess = Math.max(0, -free);
        long turns = Math.min(due.size() - free, config.number("replicator", "max_churn", 20));
        running()
                .filter(job -> excess > 0 || job.spec().continuous())
                .sorted(Comparator.comparing((Job job) -> !job.spec().continuous())
                        .thenComparing(Job::lastStarted))
                .limit(Math.max(excess, turns))
                .toList()
                .forEach(Scheduler::stop);
        due.stream().limit(Math.max(0, maxJobs() - running().count())).forEach(this::start);
    }

    private Stream<Job> running() {
        return jobs.values().stream().filter(Job::isRunning);
    }

    private int maxJobs() {
        return config.number("replicator", "max_jobs", 500);
    }

    private static String base(String id) {
        int plus = id.indexOf('+');
        return plus < 0 ? id : id.substring(0, plus);
    }

    /** Stops all jobs, and waits a while for their last checkpoints. */
    @Override
    public void close() {
        ticker.interrupt();
        List<Thread> ending;
        synchronized (this) {
            closed = true;
            ending = running().map(job -> job.run().thread()).toList();
            List.copyOf(jobs.keySet()).forEach(this::remove);
        }
        try {
            for (var thread : ending) {
                thread.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.shutdownNow();
    }
}
