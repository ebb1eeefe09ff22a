package io.shopsync.audit.timeline;

import io.shopsync.audit.ledger.EventFilter;
import io.shopsync.audit.ledger.LedgerQueries;
import io.shopsync.audit.ledger.RecordedEvent;
import io.shopsync.audit.platform.TimeOrder;
import io.shopsync.audit.platform.TimeRange;
import io.shopsync.audit.timeline.TimelineEntry.Cause;
import io.shopsync.contracts.ShopId;
import io.shopsync.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells the story of one shop. */
@ApplicationScoped
class Timeline {

    private final LedgerQueries ledger;

    Timeline(LedgerQueries ledger) {
        this.ledger = ledger;
    }

    Page<TimelineEntry> of(ShopId shop, TimeRange range, TimeOrder order, Optional<String> cursor, int limit) {
        var page = ledger.page(new EventFilter(Optional.of(Set.of(shop)), List.of(), range), order, cursor, limit);
        var causes =
                page.items().stream().flatMap(event -> event.cause().stream()).collect(Collectors.toSet());
        var known = ledger.withCauses(shop, causes).stream()
                .collect(Collectors.toMap(RecordedEvent::id, Function.identity(), (one, same) -> one));
        return new Page<>(
                page.items().stream().map(event -> entry(event, known)).toList(), page.next());
    }

    private static TimelineEntry entry(RecordedEvent event, Map<UUID, RecordedEvent> known) {
        var because = chain(event, known);
        return new TimelineEntry(
                event.time(),
                Sentences.of(event),
                event.actor(),
                event.id(),
                event.type(),
                because.isEmpty()
                        ? Optional.empty()
                        : Optional.of(millis(because.getFirst().time(), event.time())),
                because.isEmpty()
                        ? Optional.empty()
                        : Optional.of(millis(because.getLast().time(), event.time())),
                because);
    }

    /** Ends at an event that is not (yet) in the ledger, and at one seen before: a loop would be a publisher's defect. */
    private static List<Cause> chain(RecordedEvent event, Map<UUID, RecordedEvent> known) {
        var chain = new ArrayList<Cause>();
        var next = event.cause();
        while (next.isPresent() && chain.size() < known.size()) {
            var cause = known.get(next.get());
            if (cause == null) {
                break;
            }
            chain.add(new Cause(cause.time(), Sentences.of(cause), cause.id(), cause.type()));
            next = cause.cause();
        }
        return chain;
    }

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }
}
