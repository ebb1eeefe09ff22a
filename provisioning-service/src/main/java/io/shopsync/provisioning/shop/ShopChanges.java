package io.shopsync.provisioning.shop;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.shopsync.contracts.ShopId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/**
 * Wakes those who watch a shop when a change of it has been committed, by this replica or another: Postgres' {@code
 * NOTIFY} is sent with the commit. A wake-up says no more than "look again", and may come once for several changes.
 */
@ApplicationScoped
class ShopChanges {

    private static final Logger LOG = Logger.getLogger(ShopChanges.class);

    /** Where the trigger of the table tells of each shop whose row has changed. */
    private static final String CHANNEL = "shop_changed";

    private static final Duration RECONNECT = Duration.ofSeconds(1);

    /** How soon the listener notices that it is to end. */
    private static final Duration LISTEN = Duration.ofMillis(500);

    private final DataSource dataSource;
    private final Map<ShopId, Set<Semaphore>> watchers = new ConcurrentHashMap<>();
    private volatile boolean stopped;
    private Thread listener;

    ShopChanges(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void start(@Observes StartupEvent event) {
        listener = Thread.ofPlatform().daemon().name("shop-changes").start(this::listen);
    }

    /** Streams end before the service waits for its requests to end: they would not by themselves. */
    void letGo(@Observes ShutdownDelayInitiatedEvent event) {
        stopped = true;
        wakeAll();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        listener.join(Duration.ofSeconds(2));
    }

    /** Begins to watch a shop. Look at the shop after this: what has changed before wakes nobody. */
    Watch watch(ShopId shop) {
        var wakeUps = new Semaphore(0);
        watchers.compute(shop, (_, others) -> {
            var all = others == null ? ConcurrentHashMap.<Semaphore>newKeySet() : others;
            all.add(wakeUps);
            return all;
        });
        return new Watch(shop, wakeUps);
    }

    /** One who waits for a shop's changes. */
    final class Watch implements AutoCloseable {

        private final ShopId shop;
        private final Semaphore wakeUps;

        private Watch(ShopId shop, Semaphore wakeUps) {
            this.shop = shop;
            this.wakeUps = wakeUps;
        }

        /** Waits for the next change, at most for {@code longest}; false where the service ends. */
        boolean await(Duration longest) throws InterruptedException {
            if (!stopped && wakeUps.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
            return !stopped;
        }

        @Override
        public void close() {
            watchers.computeIfPresent(shop, (_, all) -> {
                all.remove(wakeUps);
                return all.isEmpty() ? null : all;
            });
        }
    }

    private void listen() {
        while (!stopped) {
            try (var connection = dataSource.getConnection()) {
                listen(connection);
            } catch (SQLException e) {
                LOG.debugf(e, "listening to changes of shops was interrupted");
                pause();
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("listen " + CHANNEL);
            // What was committed while nobody listened has to be looked for.
            wakeAll();
            var postgres = connection.unwrap(PGConnection.class);
            while (!stopped) {
                for (var notification : postgres.getNotifications((int) LISTEN.toMillis())) {
                    ShopId.parse(notification.getParameter()).ifPresent(this::wake);
                }
            }
            statement.execute("unlisten " + CHANNEL);
        }
    }

    private void wake(ShopId shop) {
        watchers.getOrDefault(shop, Set.of()).forEach(Semaphore::release);
    }

    private void wakeAll() {
        watchers.values().forEach(all -> all.forEach(Semaphore::release));
    }

    private void pause() {
        try {
            Thread.sleep(RECONNECT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }
}
