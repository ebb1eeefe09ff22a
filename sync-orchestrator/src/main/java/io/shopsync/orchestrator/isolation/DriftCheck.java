package io.shopsync.orchestrator.isolation;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.desired.DesiredShops;
import io.shopsync.orchestrator.desired.ShopStatus;
import io.shopsync.orchestrator.desired.Wanted;
import io.shopsync.orchestrator.desired.WorkQueue;
import io.shopsync.orchestrator.security.Guard;
import io.shopsync.orchestrator.security.SecurityPolicy;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Whether a database that woke us still has the {@code _security} and guard it should have. Where it has not, its shop
 * is made due: the reconcile mends it and reports it.
 */
@ApplicationScoped
class DriftCheck {

    private final Couch couch;
    private final DesiredShops shops;
    private final WorkQueue reconcile;
    private final SecurityPolicy policy;

    DriftCheck(Couch couch, DesiredShops shops, WorkQueue reconcile, SecurityPolicy policy) {
        this.couch = couch;
        this.shops = shops;
        this.reconcile = reconcile;
        this.policy = policy;
    }

    void check(ShopDatabase database) {
        shops.find(database.shop())
                .filter(ShopStatus::settled)
                .filter(status -> status.desired().catalogue().all().contains(database.name()))
                .filter(status -> differs(database, wanted(status, database)))
                .ifPresent(status -> reconcile.ask(database.shop()));
    }

    private SecurityDocument wanted(ShopStatus status, ShopDatabase database) {
        var open = status.desired().wanted() instanceof Wanted.Active
                && status.desired().catalogue().current().contains(database.name());
        return open ? policy.open(database.shop()) : SecurityPolicy.CLOSED;
    }

    private boolean differs(ShopDatabase database, SecurityDocument wanted) {
        return couch.ask(server -> {
            var stored = server.database(database.physicalName());
            return !hasSecurity(stored, wanted)
                    || stored.documents()
                            .get(Guard.ID)
                            .filter(guard -> policy.guard().isInstalled(database.shop(), guard))
                            .isEmpty();
        });
    }

    /** What cannot be read as a security document counts as the worst. */
    private static boolean hasSecurity(Database stored, SecurityDocument wanted) {
        try {
            return stored.security().equals(wanted);
        } catch (CouchException.BrokenAnswer _) {
            return false;
        }
    }
}
