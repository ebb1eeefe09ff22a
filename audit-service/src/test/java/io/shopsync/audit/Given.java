package io.shopsync.audit;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.Event;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.IsolationEvent.FindingRaised;
import io.shopsync.contracts.isolation.Severity;
import io.shopsync.contracts.shop.LoginKey;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.SyncEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Shops and events for tests. */
public final class Given {

    /** The part of a login that must never be stored. */
    public static final String SALT = "5a17c0ffee5a17c0ffee";

    /** The other part that must never be stored. */
    public static final String DERIVED_KEY = "de71ed0de71ed0de71ed0";

    private static final DatabaseName SALES = new DatabaseName("sales");

    private Given() {}

    /** A shop that no other test knows. */
    public static ShopId shop() {
        return new ShopId("t" + UUID.randomUUID().toString().substring(0, 18).replace("-", ""));
    }

    /** An event of the present. */
    public static <E extends Event> Envelope<E> event(E body) {
        return at(Instant.now(), body);
    }

    /** An event of some time. */
    public static <E extends Event> Envelope<E> at(Instant time, E body) {
        return Envelope.of("/test", time, body);
    }

    public static ShopEvent.Created created(ShopId shop) {
        var login = new LoginKey(shop.syncLogin(), LoginKey.Kind.SYNC, "sha256", 10, SALT, DERIVED_KEY);
        return new ShopEvent.Created(shop, "Test shop", Set.of(SALES), List.of(login));
    }

    public static SyncEvent.ShopProvisioned provisioned(ShopId shop) {
        return new SyncEvent.ShopProvisioned(
                shop, List.of(new SyncEvent.DatabaseReady(SALES, SALES.of(shop).physicalName(), Instant.now())));
    }

    public static FindingRaised finding(ShopId shop, FindingKind kind, Severity severity) {
        return new FindingRaised(
                shop,
                kind,
                severity,
                Optional.of(SALES.of(shop).physicalName()),
                Optional.of("sale-1"),
                Optional.of("1-abc"),
                Optional.of("other-shop"),
                Optional.empty(),
                "tombstoned",
                Optional.of("q-1"),
                Map.of("leaf", "losing"));
    }
}
