package io.shopsync.eventing;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Forgets events that cannot come again: Kafka delivers a record twice after a crash or a rebalance, within minutes,
 * and consumers' offsets are kept for a week.
 */
@ApplicationScoped
class InboxCleaner {

    private static final String DELETE = "delete from inbox where seen_at < now() - make_interval(secs => ?)";

    private final DataSource dataSource;
    private final Duration retention;

    InboxCleaner(
            DataSource dataSource,
            @ConfigProperty(name = "shopsync.inbox.retention", defaultValue = "30d") Duration retention) {
        this.dataSource = dataSource;
        this.retention = retention;
    }

    @Scheduled(every = "1h", delayed = "5m")
    @Transactional
    void clean() throws SQLException {
        try (var connection = dataSource.getConnection();
                var delete = connection.prepareStatement(DELETE)) {
            delete.setLong(1, retention.toSeconds());
            delete.executeUpdate();
        }
    }
}
