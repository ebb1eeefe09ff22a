package io.shopsync.provisioning.shop;

import io.shopsync.contracts.ShopId;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What other features may ask of the registry, and change in it. */
@ApplicationScoped
public class Shops {

    private final Registry registry;
    private final Clock clock;

    Shops(Registry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** The shop; empty where there is none of that id. */
    @Transactional
    public Optional<ShopView> find(ShopId shop) {
        return registry.find(shop).map(ShopView::of);
    }

    /** @throws ProblemException {@link ProblemCode#SHOP_NOT_FOUND} */
    @Transactional
    public ShopView require(ShopId shop) {
        return find(shop).orElseThrow(() -> unknown(shop));
    }

    /**
     * The shop, locked until the transaction ends, so that it stays as it is read and its events keep their order.
     *
     * @throws ProblemException {@link ProblemCode#SHOP_NOT_FOUND}
     */
    @Transactional(TxType.MANDATORY)
    public ShopView requireLocked(ShopId shop) {
        return ShopView.of(locked(shop));
    }

    /** As {@link #requireLocked}, for one who is to change what is wished. */
    @Transactional(TxType.MANDATORY)
    public ShopState stateLocked(ShopId shop) {
        return locked(shop).state();
    }

    /** Stores a new wish for a shop that this transaction has locked; {@code event} makes it known. */
    @Transactional(TxType.MANDATORY)
    public void wish(ShopId shop, ShopState wished, UUID event) {
        var row = registry.find(shop).orElseThrow(() -> unknown(shop));
        row.become(wished, clock.instant());
        row.wishEvent = event;
        registry.update(List.of(row));
    }

    private ShopEntity locked(ShopId shop) {
        return registry.lock(shop).orElseThrow(() -> unknown(shop));
    }

    private static ProblemException unknown(ShopId shop) {
        return new ProblemException(ProblemCode.SHOP_NOT_FOUND, "No shop " + shop + " has signed up.");
    }
}
