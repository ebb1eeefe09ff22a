package io.shopsync.orchestrator.watch;

import io.shopsync.couchdb.changes.DatabaseUpdate;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Names of changed databases between who hears of them and who announces them: each name once, however often heard.
 *
 * <p>A database that was created just now is heard of again when it gets its guard: its name is held back for a moment,
 * so that it comes out once, and with it those that were made at the same time.
 */
final class WakeUps {

    private final long holdNanos;
    private final Set<String> waiting = new HashSet<>();

    /** When each database that was created just now comes out, in {@link System#nanoTime()}. */
    private final Map<String, Long> created = new HashMap<>();

    /** @param hold how long the name of a database is held back that was created just now */
    WakeUps(Duration hold) {
        this.holdNanos = hold.toNanos();
    }

    /**
     * Names that are taken together.
     *
     * @param changed databases that were there before
     * @param created those that were created a moment ago
     */
    record Heard(Set<String> changed, Set<String> created) {}

    synchronized void add(DatabaseUpdate update) {
        var name = update.database();
        switch (update.kind()) {
            case CREATED -> created.putIfAbsent(name, System.nanoTime() + holdNanos);
            case UPDATED -> {
                if (!created.containsKey(name)) {
                    waiting.add(name);
                }
            }
            case DELETED, OTHER -> {
                created.remove(name);
                waiting.add(name);
            }
        }
        notifyAll();
    }

    /** Waits until there is a name that is not held back, then takes all of those. */
    synchronized Heard take() throws InterruptedException {
        while (true) {
            var now = System.nanoTime();
            var grown = new HashSet<String>();
            long soonest = Long.MAX_VALUE;
            for (var held : created.entrySet()) {
                var left = held.getValue() - now;
                if (left <= 0) {
                    grown.add(held.getKey());
                } else {
                    soonest = Math.min(soonest, left);
                }
            }
            if (!grown.isEmpty() || !waiting.isEmpty()) {
                created.keySet().removeAll(grown);
                var heard = new Heard(Set.copyOf(waiting), Set.copyOf(grown));
                waiting.clear();
                return heard;
            }
            // Rounded up: a wait of no milliseconds would be one without an end.
            wait(soonest == Long.MAX_VALUE ? 0 : TimeUnit.NANOSECONDS.toMillis(soonest) + 1);
        }
    }
}
