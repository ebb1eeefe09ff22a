package io.shopsync.contracts.shop;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.Event;
import io.shopsync.contracts.EventType;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What was wished for a shop and who was told its secrets, in the order in which it happened. */
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

    /** The passwords of these logins were shown to the event's actor. Nothing changes for the shop; auditors ask. */
    @EventType("shopsync.shop.connection-shown.v1")
    record ConnectionShown(ShopId shop, List<String> logins) implements ShopEvent {
        public ConnectionShown {
            logins = List.copyOf(logins);
        }
    }
}
