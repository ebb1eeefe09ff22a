package io.shopsync.orchestrator.watch;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Feed;
import io.shopsync.couchdb.changes.DatabaseUpdate;
import io.shopsync.orchestrator.couchdb.Couch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The work of the elected watcher, from the opening of the feed until something ends it: reading the feed, announcing
 * what it tells, sweeping, and keeping the lease. Whichever of them ends first ends the others.
 */
@ApplicationScoped
class Watch {

    /**
     * The least time between two announcements: a lone change is announced at once, and what changes in a burst is
     * announced together, each database once.
     */
    private static final Duration GATHER = Duration.ofMillis(100);

    /**
     * How long the name of a new database is held back. CouchDB tells of changes every half second ({@code
     * max_write_delay} of {@code _global_changes}): of its creation in one of these turns, of its guard in the same or
     * the next.
     */
    private static final Duration HOLD = Duration.ofMillis(700);

    private final Couch couch;
    private final Leadership leadership;
    private final Sweep sweep;
    private final NewDatabases newDatabases;
    private final Announcer announcer;
    private final Event<DatabasesSeen> seen;
    private final WatchConfig config;

    Watch(
            Couch couch,
            Leadership leadership,
            Sweep sweep,
            NewDatabases newDatabases,
            Announcer announcer,
            Event<DatabasesSeen> seen,
            WatchConfig config) {
        this.couch = couch;
        this.leadership = leadership;
        this.sweep = sweep;
        this.newDatabases = newDatabases;
        this.announcer = announcer;
        this.seen = seen;
        this.config = config;
    }

    /**
     * Watches until the lease or the feed is lost.
     *
     * @throws ExecutionException with what ended it
     */
    void untilItEnds() throws InterruptedException, ExecutionException {
        var wakeUps = new WakeUps(HOLD);
        // Noted before the sweep begins, so that nothing can change unseen between it and the feed.
        var since = couch.ask(Watch::present);
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("watch-", 0).factory())) {
            var parts = new ExecutorCompletionService<Void>(threads);
            parts.submit(() -> read(since, wakeUps));
            parts.submit(() -> announce(wakeUps));
            parts.submit(every(config.sweepEvery(), () -> {
                sweep.run();
                return true;
            }));
            parts.submit(every(config.lease().dividedBy(3), leadership::hold));
            try {
                parts.take().get();
            } finally {
                threads.shutdownNow();
            }
        }
    }

    /** The feed's sequence of this moment. */
    private static String present(CouchServer server) {
        try {
            return server.updates().page("now").lastSeq();
        } catch (CouchException.NotFound _) {
            // A single node set up by hand has no _global_changes, and without it nothing is told (measured).
            server.database("_global_changes").create(1);
            return server.updates().page("now").lastSeq();
        }
    }

    private Void read(String since, WakeUps wakeUps) {
        try (var feed = couch.ask(server -> open(server, since))) {
            for (var update = feed.next(); update.isPresent(); update = feed.next()) {
                wakeUps.add(update.get());
            }
        }
        return null;
    }

    /** A feed sends its first byte with its first event or heartbeat, so that a long one would hold up the opening. */
    private Feed<DatabaseUpdate> open(CouchServer server, String since) {
        var options = server.options().withHeartbeat(config.heartbeat());
        return server.with(options).updates().feed(since);
    }

    private Void announce(WakeUps wakeUps) throws InterruptedException {
        while (true) {
            var heard = wakeUps.take();
            var names = new HashSet<>(heard.changed());
            names.addAll(heard.created());
            seen.fire(new DatabasesSeen(names, false));
            var changed = new ArrayList<>(shops(heard.changed()));
            changed.addAll(newDatabases.worthAWakeUp(shops(heard.created())));
            announcer.announce(changed);
            TimeUnit.NANOSECONDS.sleep(GATHER.toNanos());
        }
    }

    private static List<ShopDatabase> shops(Collection<String> names) {
        return names.stream().map(ShopDatabase::parse).flatMap(Optional::stream).toList();
    }

    /** Does the work now and after each pause, until it answers false. */
    private static Callable<Void> every(Duration pause, Callable<Boolean> work) {
        return () -> {
            while (work.call()) {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            }
            return null;
        };
    }
}
