package io.shopsync.orchestrator.sync;

import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.desired.Wanted;
import io.shopsync.orchestrator.desired.WishesChanged;
import io.shopsync.orchestrator.sync.device.Looks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Takes new shops and new databases in, in the transaction of the wish: nothing changes in a database that nobody has
 * written to, so that no wake-up would tell of it.
 */
@ApplicationScoped
class NewShops {

    private final ShopHealths healths;
    private final Looks looks;

    NewShops(ShopHealths healths, Looks looks) {
        this.healths = healths;
        this.looks = looks;
    }

    void meet(@Observes WishesChanged wishes) {
        var active = wishes.shops().stream()
                .filter(shop -> shop.wanted() instanceof Wanted.Active)
                .toList();
        if (!active.isEmpty()) {
            healths.meet(active.stream().map(DesiredShop::shop).toList());
            looks.expect(active.stream()
                    .flatMap(shop -> shop.catalogue().current().stream().map(name -> name.of(shop.shop())))
                    .toList());
        }
    }
}
