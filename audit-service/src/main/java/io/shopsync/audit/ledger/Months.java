package io.shopsync.audit.ledger;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.shopsync.audit.platform.Database;
import io.shopsync.audit.platform.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Sees to it that every month has its partition before its first event is stored. */
@ApplicationScoped
class Months {

    private static final Logger LOG = Logger.getLogger(Months.class);

    private final Database database;
    private final LedgerConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Set<YearMonth> made = ConcurrentHashMap.newKeySet();

    Months(Database database, LedgerConfig config) {
        this.database = database;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        makeAhead();
    }

    @Scheduled(every = "6h", delayed = "6h")
    void makeAhead() {
        var present = YearMonth.now(clock);
        try {
            Stream.iterate(present, month -> month.plusMonths(1))
                    .limit(1L + config.monthsAhead())
                    .forEach(this::make);
        } catch (DatabaseException e) {
            // No harm done: an event's own month is made with it.
            LOG.warnf("partitions could not be made ahead: %s", e.reason());
        }
    }

    /** Makes the partitions of these times' months, where this process has not seen them. */
    void make(Collection<Instant> times) {
        times.stream().map(time -> YearMonth.from(time.atOffset(ZoneOffset.UTC))).collect(Collectors.toSet()).stream()
                .filter(month -> !made.contains(month))
                .forEach(this::make);
    }

    /** Forgets which months were seen: after a failure a partition may be gone. */
    void forget() {
        made.clear();
    }

    private void make(YearMonth month) {
        database.query(connection -> {
            try (var ensure = connection.prepareStatement("select ledger_ensure_month(?)")) {
                ensure.setObject(1, month.atDay(1));
                return ensure.execute();
            }
        });
        made.add(month);
    }
}
