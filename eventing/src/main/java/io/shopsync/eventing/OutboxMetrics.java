package io.shopsync.eventing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;

/** How much waits to be published, counted every few seconds: it grows while Kafka is away. */
@ApplicationScoped
class OutboxMetrics {

    /** Events that wait. */
    static final String WAITING = "shopsync.outbox.waiting";

    /** Age in seconds of the oldest of them; 0 where none waits. */
    static final String OLDEST = "shopsync.outbox.oldest";

    private static final String COUNT =
            "select count(*), coalesce(extract(epoch from now() - min(written_at)), 0) from outbox";

    private final DataSource dataSource;
    private volatile Backlog backlog;

    OutboxMetrics(DataSource dataSource, MeterRegistry registry) {
        this.dataSource = dataSource;
        gauge(registry, WAITING, "Events that wait to be published", Backlog::waiting);
        gauge(registry, OLDEST, "Age of the oldest event that waits to be published, in seconds", Backlog::oldest);
    }

    private record Backlog(long waiting, double oldest) {}

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void count() throws SQLException {
        try (var connection = dataSource.getConnection();
                var select = connection.prepareStatement(COUNT);
                var result = select.executeQuery()) {
            result.next();
            backlog = new Backlog(result.getLong(1), result.getDouble(2));
        }
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Backlog> figure) {
        Gauge.builder(name, () -> {
                    var counted = backlog;
                    return counted == null ? Double.NaN : figure.applyAsDouble(counted);
                })
                .description(description)
                .register(registry);
    }
}
