package io.shopsync.audit.metric;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.shopsync.audit.platform.Database;
import io.shopsync.audit.platform.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Sees to it that days have their partition before their first sample, and that old ones are dropped. */
@ApplicationScoped
class Days {

    private static final Logger LOG = Logger.getLogger(Days.class);

    private final Database database;
    private final SampleConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Set<LocalDate> made = ConcurrentHashMap.newKeySet();

    Days(Database database, SampleConfig config) {
        this.database = database;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        keep();
    }

    @Scheduled(every = "1h", delayed = "1h")
    void keep() {
        var today = LocalDate.now(clock);
        try {
            today.datesUntil(today.plusDays(1L + config.daysAhead())).forEach(this::make);
            var dropped = drop(first());
            if (dropped > 0) {
                LOG.infof("dropped the samples of %d days before %s", dropped, first());
            }
        } catch (DatabaseException e) {
            LOG.warnf("partitions of samples could not be kept: %s", e.reason());
        }
    }

    /** Whether samples of that time are still kept. */
    boolean keeps(Instant time) {
        return !day(time).isBefore(first());
    }

    /** Makes the partitions of these times' days, where this process has not seen them. */
    void make(Collection<Instant> times) {
        times.stream().map(Days::day).collect(Collectors.toSet()).stream()
                .filter(day -> !made.contains(day))
                .forEach(this::make);
    }

    /** Forgets which days were seen: after a failure a partition may be gone. */
    void forget() {
        made.clear();
    }

    private LocalDate first() {
        return LocalDate.now(clock).minusDays(config.daysKept());
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private void make(LocalDate day) {
        database.query(connection -> {
            try (var ensure = connection.prepareStatement("select metric_ensure_day(?)")) {
                ensure.setObject(1, day);
                return ensure.execute();
            }
        });
        made.add(day);
    }

    private int drop(LocalDate before) {
        return database.query(connection -> {
            try (var drop = connection.prepareStatement("select metric_drop_before(?)")) {
                drop.setObject(1, before);
                try (var result = drop.executeQuery()) {
                    result.next();
                    return result.getInt(1);
                }
            }
        });
    }
}
