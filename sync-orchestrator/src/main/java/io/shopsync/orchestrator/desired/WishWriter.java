package io.shopsync.orchestrator.desired;

import io.shopsync.contracts.ShopId;
import io.shopsync.eventing.DeadLetters;
import io.shopsync.eventing.Inbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Folds facts into the desired state: a whole batch, its inbox entries and its effect in one transaction. */
@ApplicationScoped
class WishWriter {

    private final Inbox inbox;
    private final WishStore store;
    private final DeadLetters deadLetters;
    private final Event<WorkArrived> workArrived;
    private final Event<WishesChanged> wishesChanged;

    WishWriter(
            Inbox inbox,
            WishStore store,
            DeadLetters deadLetters,
            Event<WorkArrived> workArrived,
            Event<WishesChanged> wishesChanged) {
        this.inbox = inbox;
        this.store = store;
        this.deadLetters = deadLetters;
        this.workArrived = workArrived;
        this.wishesChanged = wishesChanged;
    }

    /**
     * Takes facts in their order, those that were not seen before. What does not fit its shop goes to the dead letters
     * before the commit: a crash in between sends it there twice rather than never.
     */
    @Transactional
    public void write(List<Fact> facts) {
        var unseen = new HashSet<>(
                inbox.firstSeen(facts.stream().map(fact -> fact.envelope().id()).toList()));
        var known = store.lock(facts.stream().map(Fact::shop).toList());
        var births = new HashMap<ShopId, Long>();
        known.forEach((shop, desired) -> births.put(shop, desired.wish().birth()));
        var changed = new TreeMap<ShopId, DesiredShop>();
        for (var fact : facts) {
            // A fact may stand twice in one batch: only the first is new.
            if (unseen.remove(fact.envelope().id())) {
                try {
                    fold(fact, known, changed);
                } catch (UnfittingFact e) {
                    deadLetters.send(fact.record(), e.getMessage());
                }
            }
        }
        if (!changed.isEmpty()) {
            store.save(changed.values());
            wishesChanged.fire(new WishesChanged(changed.values(), over(changed, births)));
            workArrived.fire(new WorkArrived());
        }
    }

    /** Shops that are deleted, or were within this batch: whoever has the id now is somebody else. */
    private static Set<ShopId> over(Map<ShopId, DesiredShop> changed, Map<ShopId, Long> births) {
        return changed.values().stream()
                .filter(shop -> shop.wanted() instanceof Wanted.Deleted
                        || births.getOrDefault(shop.shop(), shop.wish().birth())
                                != shop.wish().birth())
                .map(DesiredShop::shop)
                .collect(Collectors.toSet());
    }

    private static void fold(Fact fact, Map<ShopId, DesiredShop> known, Map<ShopId, DesiredShop> changed)
            throws UnfittingFact {
        var before = known.get(fact.shop());
        var after = before == null ? DesiredShop.first(fact.envelope()) : before.after(fact.envelope());
        if (!after.equals(before)) {
            var traced = after.tracedBy(fact.traceparent());
            known.put(fact.shop(), traced);
            changed.put(fact.shop(), traced);
        }
    }
}
