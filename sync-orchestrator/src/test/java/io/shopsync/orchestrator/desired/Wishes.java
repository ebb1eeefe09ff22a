package io.shopsync.orchestrator.desired;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.shop.ShopEvent;
import java.time.Instant;

/** Desired states, made from facts as they are in service. */
public final class Wishes {

    private Wishes() {}

    public static DesiredShop of(Envelope<ShopEvent.Created> created) {
        try {
            return DesiredShop.first(created);
        } catch (UnfittingFact e) {
            throw new AssertionError(e);
        }
    }

    public static DesiredShop after(DesiredShop shop, ShopEvent fact) {
        try {
            return shop.after(Envelope.of("/test", Instant.now(), fact));
        } catch (UnfittingFact e) {
            throw new AssertionError(e);
        }
    }
}
