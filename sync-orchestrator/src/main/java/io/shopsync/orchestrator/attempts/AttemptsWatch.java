package io.shopsync.orchestrator.attempts;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.shopsync.orchestrator.couchdb.CouchConfig;
import io.shopsync.orchestrator.platform.Jdbc;
import io.shopsync.orchestrator.platform.Lease;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Starts what is configured of the reading of logs, and tells what it finds. */
@ApplicationScoped
class AttemptsWatch {

    /** Logs that this replica reads. */
    static final String READING = "shopsync.attempts.reading";

    /** Refused requests that came faster than they could be stored. */
    static final String DROPPED = "shopsync.attempts.dropped";

    private static final Logger LOG = Logger.getLogger(AttemptsWatch.class);
    private static final Duration TELL_EVERY = Duration.ofMillis(250);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

    private final AttemptsConfig config;
    private final Bursts bursts;
    private final LogPositions positions;
    private final Jdbc jdbc;
    private final ObjectMapper json;
    private final MeterRegistry metrics;
    private final Judge judge;
    private final List<LogReader> readers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private SyslogListener syslog;

    AttemptsWatch(
            AttemptsConfig config,
            CouchConfig couch,
            Bursts bursts,
            LogPositions positions,
            Jdbc jdbc,
            ObjectMapper json,
            MeterRegistry metrics) {
        this.config = config;
        this.bursts = bursts;
        this.positions = positions;
        this.jdbc = jdbc;
        this.json = json;
        this.metrics = metrics;
        var ignored = new HashSet<>(config.ignoredLogins());
        ignored.add(couch.username());
        this.judge = new Judge(ignored);
        Gauge.builder(
                        READING,
                        readers,
                        all -> all.stream().filter(LogReader::reads).count())
                .description("Logs of requests that this replica reads")
                .register(metrics);
    }

    void start(@Observes StartupEvent event) throws SocketException {
        var edgeLog = new EdgeLog(json, config.edgeSpeaksForCouchdb());
        config.couchdbLog().ifPresent(path -> read(path, CouchLog::new));
        config.edgeLog().ifPresent(path -> read(path, () -> edgeLog));
        if (config.syslog().port().isPresent()) {
            var address = new InetSocketAddress(
                    config.syslog().host(), config.syslog().port().getAsInt());
            syslog = new SyslogListener(address, edgeLog, judge, bursts, metrics.counter(DROPPED));
        }
        if (readers.isEmpty() && syslog == null) {
            LOG.info("no log of requests is named: attempts on other shops' databases go unseen");
            return;
        }
        threads.add(Thread.ofVirtual().name("attempts-tell").start(this::tell));
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        if (syslog != null) {
            syslog.stop();
        }
        for (var thread : threads) {
            thread.interrupt();
            thread.join(STOP_WITHIN);
        }
    }

    private void read(Path path, Supplier<LogParser> parsers) {
        var log = path.toAbsolutePath().normalize();
        var lease = new Lease(jdbc, "log:" + log, config.lease());
        var reader = new LogReader(log, parsers, judge, bursts, positions, lease, config);
        readers.add(reader);
        threads.add(Thread.ofVirtual().name("attempts-read").start(reader));
    }

    private void tell() {
        try {
            while (true) {
                try {
                    bursts.tell();
                } catch (RuntimeException e) {
                    LOG.warnf("what was found in the logs waits to be told: %s", e.getMessage());
                }
                TimeUnit.NANOSECONDS.sleep(TELL_EVERY.toNanos());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
