package io.shopsync.orchestrator.replication.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.couchdb.CouchException;
import io.shopsync.orchestrator.couchdb.CouchUnavailable;
import io.shopsync.orchestrator.replication.engine.Engines;
import io.shopsync.orchestrator.replication.engine.Way;
import io.shopsync.orchestrator.replication.engine.Ways;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.PairLedger;
import io.shopsync.orchestrator.replication.pair.PairLedger.Ask;
import io.shopsync.orchestrator.replication.pair.Pairs;
import io.shopsync.orchestrator.replication.pair.Refusals;
import io.shopsync.orchestrator.work.DatabaseQueue;
import io.shopsync.orchestrator.work.WorkKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Carries one command out, from the start: to do so twice does no harm. */
@ApplicationScoped
class CommandExecution {

    static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);
    /** More pairs of a verification are summed up, not listed. */
    private static final int LISTED = 200;

    private final CommandStore store;
    private final PairLedger ledger;
    private final Pairs pairs;
    private final Refusals refusals;
    private final DatabaseQueue queue;
    private final Engines engines;
    private final Instance<Ways> ways;
    private final Duration patience;

    CommandExecution(
            CommandStore store,
            PairLedger ledger,
            Pairs pairs,
            Refusals refusals,
            DatabaseQueue queue,
            Engines engines,
            @Any Instance<Ways> ways,
            CommandConfig config) {
        this.store = store;
        this.ledger = ledger;
        this.pairs = pairs;
        this.refusals = refusals;
        this.queue = queue;
        this.engines = engines;
        this.ways = ways;
        this.patience = config.patience();
    }

    /** Carries it out and returns what came of it. */
    ObjectNode carryOut(SyncCommand command) {
        return switch (command.kind()) {
            case PAUSE -> counted(halted(ledger.ask(Ask.PAUSE, command.choice())));
            case RESUME -> counted(woken(ledger.ask(Ask.RESUME, command.choice())));
            case SYNC -> followed(command, Ask.HASTEN);
            case RESET_CHECKPOINT -> followed(command, Ask.RESET);
            case VERIFY -> compared(command, false);
            case MEND -> compared(command, true);
        };
    }

    /** What failed, in words that may be shown. */
    static String words(RuntimeException e) {
        return e instanceof CouchException || e instanceof CouchUnavailable
                ? e.getMessage()
                : "a defect; the log has more";
    }

    private ObjectNode followed(SyncCommand command, Ask ask) {
        var asked = ledger.ask(ask, command.choice());
        asked.forEach(refusals::release);
        var since = Instant.now();
        woken(asked);
        var told = since;
        while (true) {
            var stand = pairs.stand(command.choice(), command.requestedAt());
            var result = JsonNodeFactory.instance
                    .objectNode()
                    .put("pairs", stand.all())
                    .put("ran", stand.ran())
                    .put("paused", stand.paused())
                    .put("troubled", stand.troubled());
            if (stand.ran() + stand.paused() >= stand.all()) {
                return result;
            }
            var now = Instant.now();
            if (now.isAfter(since.plus(patience))) {
                return result.put("waitedFor", patience.toString());
            }
            if (now.isAfter(told.plus(TELL_EVERY))) {
                told = now;
                store.progress(command.id(), result, LEASE);
            }
            sleep();
        }
    }

    private ObjectNode compared(SyncCommand command, boolean mend) {
        var chosen = pairs.chosen(command.choice());
        var result = JsonNodeFactory.instance.objectNode().put("pairs", chosen.size());
        var list = result.putArray("compared");
        var equal = 0;
        for (var pair : chosen) {
            var one = compared(pair, mend);
            equal += one.path("equal").asBoolean() ? 1 : 0;
            // What differs is always listed, as far as there is room.
            if (list.size() < LISTED && (!one.path("equal").asBoolean() || chosen.size() <= LISTED)) {
                list.add(one);
            }
            store.progress(command.id(), result.put("equal", equal), LEASE);
        }
        return result;
    }

    private ObjectNode compared(PairId pair, boolean mend) {
        var one = JsonNodeFactory.instance.objectNode();
        try {
            return way(pair).map(way -> new Verification(way, mend).run()).orElseGet(() -> {
                Verification.name(one, pair);
                return one.put("error", "there is no such target any more");
            });
        } catch (CouchException | CouchUnavailable e) {
            Verification.name(one, pair);
            return one.put("error", e.getMessage());
        }
    }

    private Optional<Way> way(PairId pair) {
        return ways.stream().map(it -> it.of(pair)).flatMap(Optional::stream).findFirst();
    }

    private Collection<PairId> halted(List<PairId> asked) {
        engines.halt(asked);
        return asked;
    }

    private Collection<PairId> woken(List<PairId> asked) {
        queue.mark(WorkKind.REPLICATE, databases(asked, true));
        queue.mark(WorkKind.EXCHANGE, databases(asked, false));
        return asked;
    }

    private static List<ShopDatabase> databases(List<PairId> pairs, boolean ofStandby) {
        return pairs.stream()
                .filter(pair -> pair.target().equals(PairId.STANDBY) == ofStandby)
                .map(PairId::database)
                .distinct()
                .collect(Collectors.toList());
    }

    private static ObjectNode counted(Collection<PairId> asked) {
        return JsonNodeFactory.instance.objectNode().put("pairs", asked.size());
    }

    private static void sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
