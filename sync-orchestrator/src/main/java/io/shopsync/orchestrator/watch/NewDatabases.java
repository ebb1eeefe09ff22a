package io.shopsync.orchestrator.watch;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.database.DatabaseInfo;
import io.shopsync.orchestrator.couchdb.Couch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Tells databases that hold something from those that are as they were made. In a burst of signups nearly all that is
 * heard of are the latter: one look at a hundred of them replaces a wake-up of everybody for each.
 */
@ApplicationScoped
class NewDatabases {

    private final Couch couch;

    NewDatabases(Couch couch) {
        this.couch = couch;
    }

    /** Those of the databases that hold something; one that is gone again counts, too. */
    List<ShopDatabase> worthAWakeUp(Collection<ShopDatabase> created) {
        var worth = new ArrayList<ShopDatabase>();
        var all = List.copyOf(created);
        for (int from = 0; from < all.size(); from += CouchServer.DATABASES_PER_INFO) {
            var some = all.subList(from, Math.min(all.size(), from + CouchServer.DATABASES_PER_INFO));
            var infos = couch.ask(server -> server.databaseInfos(
                    some.stream().map(ShopDatabase::physicalName).toList()));
            some.stream()
                    .filter(database -> {
                        var info = infos.get(database.physicalName());
                        return info == null || !isAsMade(info);
                    })
                    .forEach(worth::add);
        }
        return worth;
    }

    /**
     * Whether nobody has written to a database but who made it: one document at most, the guard, and none that was
     * deleted.
     */
    static boolean isAsMade(DatabaseInfo info) {
        return info.documents() <= 1 && info.deleted() == 0;
    }
}
