package io.shopsync.provisioning;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.SyncEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Shops and events for tests. */
public final class Given {

    private Given() {}

    /** A shop that no other test knows. */
    public static ShopId shop() {
        return new ShopId("t" + UUID.randomUUID().toString().substring(0, 18).replace("-", ""));
    }

    public static DatabaseName[] databases(String... names) {
        return Stream.of(names).map(DatabaseName::new).toArray(DatabaseName[]::new);
    }

    /** The body of a signup with the usual databases. */
    public static Map<String, Object> signup(ShopId shop) {
        return Map.of("shopId", shop.value(), "name", "Shop " + shop);
    }

    /** What the orchestrator says when the shop is as wished. */
    public static SyncEvent.ShopProvisioned provisioned(ShopId shop, DatabaseName... databases) {
        Collection<DatabaseName> made =
                databases.length == 0 ? DatabaseName.DEFAULT_CATALOGUE : Arrays.asList(databases);
        return new SyncEvent.ShopProvisioned(
                shop,
                made.stream()
                        .map(name ->
                                new SyncEvent.DatabaseReady(name, name.of(shop).physicalName(), Instant.now()))
                        .toList());
    }

    /** An event as the orchestrator would send it, caused by a wish. */
    public static Envelope<SyncEvent> from(UUID wish, SyncEvent body) {
        return Envelope.of("/sync-orchestrator", Instant.now(), body).causedBy(wish);
    }
}
