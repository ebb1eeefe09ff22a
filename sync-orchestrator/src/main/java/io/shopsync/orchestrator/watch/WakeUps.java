package io.shopsync.orchestrator.watch;

import java.util.LinkedHashSet;
import java.util.Set;

/** Names of changed databases between who hears of them and who announces them: each name once, however often heard. */
final class WakeUps {

    private final Set<String> waiting = new LinkedHashSet<>();

    synchronized void add(String database) {
        waiting.add(database);
        notifyAll();
    }

    /** Waits until there is a name, then takes all of them. */
    synchronized Set<String> take() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        var taken = Set.copyOf(waiting);
        waiting.clear();
        return taken;
    }
}
