package io.shopsync.orchestrator.replication.standby;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.orchestrator.replication.pair.Refusals;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/** Finds what nobody has woken: shops that the standby was never made to match, or long ago, or by other rules. */
@ApplicationScoped
public class StandbyPass {

    private static final int DATABASES_AT_A_TIME = 500;

    private final StandbyShops shops;
    private final Refusals refusals;
    private final Standby standby;
    private final StandbyConfig config;

    StandbyPass(StandbyShops shops, Refusals refusals, Standby standby, StandbyConfig config) {
        this.shops = shops;
        this.refusals = refusals;
        this.standby = standby;
        this.config = config;
    }

    /** Databases that are due, a bounded number: the rest comes with the next calls. */
    public List<ShopDatabase> due() {
        return Stream.concat(
                        shops.outdated(standby.policy(), config.fullPass(), DATABASES_AT_A_TIME).stream(),
                        refusals.triedUnderOtherRulesThan(standby.rules()).stream())
                .toList();
    }
}
