package io.shopsync.provisioning.shop;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.eventing.Inbox;
import io.shopsync.platform.LogKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Folds what the orchestrator tells into the registry: a batch, its inbox entries and its effect in one transaction. */
@ApplicationScoped
class SyncEventHandler {

    private static final Logger LOG = Logger.getLogger(SyncEventHandler.class);

    private final Inbox inbox;
    private final Registry registry;
    private final Event<ShopsSettled> settled;
    private final Clock clock;

    SyncEventHandler(Inbox inbox, Registry registry, Event<ShopsSettled> settled, Clock clock) {
        this.inbox = inbox;
        this.registry = registry;
        this.settled = settled;
        this.clock = clock;
    }

    /**
     * Takes events in their order, those not seen before.
     *
     * @return how long each shop that is ready for the first time took since its signup
     */
    @Transactional
    public List<Duration> apply(List<Envelope<SyncEvent>> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        var unseen = inbox.firstSeen(events.stream().map(Envelope::id).toList());
        var fold = new Fold(
                registry.lock(events.stream().map(event -> event.body().shop()).toList()));
        for (var event : events) {
            // An event may stand twice in one batch: only the first is new.
            if (unseen.remove(event.id())) {
                try (var _ = LogKeys.shop(event.body().shop());
                        var _ = LogKeys.event(event.id())) {
                    fold.take(event);
                }
            }
        }
        fold.store();
        return fold.signupsToReady;
    }

    /** A batch on its way into the registry. */
    private final class Fold {

        private final Map<ShopId, ShopEntity> shops;
        private final LinkedHashSet<ShopEntity> changed = new LinkedHashSet<>();
        private final Map<ShopId, ShopStatus> outcomes = new HashMap<>();
        private final List<Duration> signupsToReady = new ArrayList<>();

        private Fold(Map<ShopId, ShopEntity> shops) {
            this.shops = shops;
        }

        private void take(Envelope<SyncEvent> event) {
            var shop = shops.get(event.body().shop());
            if (shop == null) {
                LOG.warnf(
                        "%s of a shop that never signed up here",
                        event.body().getClass().getSimpleName());
                return;
            }
            // The orchestrator was still at an older wish: what it has to say of the present one is on its way.
            if (event.cause().filter(cause -> !cause.equals(shop.wishEvent)).isPresent()) {
                return;
            }
            var before = shop.state();
            var after = before.after(event.body(), event.time());
            if (shop.become(after, clock.instant())) {
                changed.add(shop);
                LOG.debugf("%s -> %s", before.status(), after.status());
            }
            if (after.status().isSettled()) {
                outcomes.put(shop.id(), after.status());
            }
            if (before.readyAt().isEmpty() && after.readyAt().isPresent()) {
                signupsToReady.add(Duration.between(shop.signedUpAt, clock.instant()));
            }
        }

        private void store() {
            if (!changed.isEmpty()) {
                registry.update(changed);
            }
            if (!outcomes.isEmpty()) {
                settled.fire(new ShopsSettled(outcomes, clock.instant()));
            }
        }
    }
}
