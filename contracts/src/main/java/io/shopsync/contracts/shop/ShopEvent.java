package io.shopsync.contracts.shop;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.Event;
import io.shopsync.contracts.EventType;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What was wished for a shop, in the order it was wished. */
public sealed interface ShopEvent extends Event {

    @Override
    default Topic topic() {
        return Topic.SHOPS;
    }

    /** A shop signed up. */
    @EventType("shopsync.shop.created.v1")
    record Created(ShopId shop, String name, Set<DatabaseName> databases, List<LoginKey> logins) implements ShopEvent {
        public Created {
            databases = Set.copyOf(databases);
            logins = List.copyOf(logins);
        }
    }

    /** The shop's tills may sync (again). */
    @EventType("shopsync.shop.sync-enabled.v1")
    record SyncEnabled(ShopId shop) implements ShopEvent {}

    /** The shop is suspended: its logins are refused and its open feeds are cut, its data stays. */
    @EventType("shopsync.shop.sync-disabled.v1")
    record SyncDisabled(ShopId shop, String reason) implements ShopEvent {}

    /** The shop's catalogue is now exactly these databases. */
    @EventType("shopsync.shop.databases-changed.v1")
    record DatabasesChanged(ShopId shop, Set<DatabaseName> databases) implements ShopEvent {
        public DatabasesChanged {
            databases = Set.copyOf(databases);
        }
    }

    /** The shop's logins have new passwords. */
    @EventType("shopsync.shop.credentials-rotated.v1")
    record CredentialsRotated(ShopId shop, List<LoginKey> logins) implements ShopEvent {
        public CredentialsRotated {
            logins = List.copyOf(logins);
        }
    }

    /** The shop is gone: its logins at once, its databases after {@code purgeAfter}. */
    @EventType("shopsync.shop.deleted.v1")
    record Deleted(ShopId shop, Instant purgeAfter) implements ShopEvent {}
}
