package io.shopsync.orchestrator.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.database.DatabaseInfo;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.watch.SeenSequences.Seen;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Looks at every database once and announces those that changed since they were last looked at, but for new ones that
 * are as they were made. It is what makes the
 * watch complete: {@code _db_updates} loses events when CouchDB restarts, and we when we are down.
 */
@ApplicationScoped
class Sweep {

    /** How long sweeps take. */
    static final String DURATION = "shopsync.watch.sweep";

    private static final Logger LOG = Logger.getLogger(Sweep.class);

    private final Couch couch;
    private final SeenSequences sequences;
    private final Announcer announcer;
    private final Event<DatabasesSeen> seen;
    private final Timer duration;

    Sweep(Couch couch, SeenSequences sequences, Announcer announcer, Event<DatabasesSeen> seen, MeterRegistry metrics) {
        this.couch = couch;
        this.sequences = sequences;
        this.announcer = announcer;
        this.seen = seen;
        this.duration = Timer.builder(DURATION)
                .description("A look at the sequence of every database")
                .publishPercentileHistogram()
                .register(metrics);
    }

    /** Sweeps once; returns how many databases were announced. */
    int run() {
        return duration.record(this::sweep);
    }

    private int sweep() {
        var names = couch.ask(server -> server.databases(""));
        var known = sequences.all();
        var databases = names.stream()
                .filter(name -> ShopDatabase.parse(name).isPresent())
                .toList();
        int announced = 0;
        // One request's worth at a time: what is announced is remembered at once, and a sweep that is cut off has not
        // been in vain.
        for (var chunk : chunks(databases)) {
            var infos = couch.ask(server -> server.databaseInfos(chunk));
            var changed = changed(infos, known);
            if (!changed.isEmpty()) {
                var worthAWakeUp = changed.stream()
                        .map(Seen::database)
                        .filter(database -> holdsNews(infos.get(database.physicalName()), known))
                        .toList();
                announcer.announceAndRemember(changed, worthAWakeUp);
                announced += worthAWakeUp.size();
            }
        }
        forgetAllBut(databases, known.keySet());
        seen.fire(new DatabasesSeen(Set.copyOf(names), true));
        LOG.debugf("swept %d databases, %d had changed", databases.size(), announced);
        return announced;
    }

    /** One that was never swept before and is as it was made holds nothing that anybody has to look at. */
    private static boolean holdsNews(DatabaseInfo info, Map<String, String> known) {
        return known.containsKey(info.name()) || !NewDatabases.isAsMade(info);
    }

    private static List<Seen> changed(Map<String, DatabaseInfo> infos, Map<String, String> known) {
        var changed = new ArrayList<Seen>();
        infos.forEach((name, info) -> {
            // A database that was deleted and made anew may stand at the same sequence again.
            var sequence = info.instanceStartTime() + '@' + info.updateSeq();
            if (!sequence.equals(known.get(name))) {
                ShopDatabase.parse(name).ifPresent(database -> changed.add(new Seen(database, sequence)));
            }
        });
        return changed;
    }

    private void forgetAllBut(List<String> existing, Set<String> known) {
        var gone = new HashSet<>(known);
        existing.forEach(gone::remove);
        sequences.forget(gone);
    }

    private static List<List<String>> chunks(List<String> names) {
        var chunks = new ArrayList<List<String>>();
        for (int from = 0; from < names.size(); from += CouchServer.DATABASES_PER_INFO) {
            chunks.add(names.subList(from, Math.min(names.size(), from + CouchServer.DATABASES_PER_INFO)));
        }
        return chunks;
    }
}
