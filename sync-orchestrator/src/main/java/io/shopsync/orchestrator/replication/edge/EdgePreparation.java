package io.shopsync.orchestrator.replication.edge;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.security.Guard;
import io.shopsync.orchestrator.security.SecurityPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes a database at an edge as it is here: there, guarded and with the same {@code _security}. Logins are the edge's own
 * matter: it is the shop's machine, and the role that {@code _security} names can be given to any of its users.
 */
@ApplicationScoped
class EdgePreparation {

    private static final int REMEMBERED = 20_000;

    private final SecurityPolicy policy;
    private final ConcurrentHashMap<Prepared, Boolean> prepared = new ConcurrentHashMap<>();

    EdgePreparation(SecurityPolicy policy) {
        this.policy = policy;
    }

    private record Prepared(String edge, long version, ShopDatabase database) {}

    /** Makes it so, once a process and version of the edge. The edge's login must be a server admin's. */
    void prepare(Edge edge, Couch couch, ShopDatabase database) {
        var key = key(edge, database);
        if (prepared.containsKey(key)) {
            return;
        }
        couch.ask(server -> {
            var there = server.database(database.physicalName());
            there.create(1);
            var guard = there.documents().get(Guard.ID);
            if (guard.filter(it -> policy.guard().isInstalled(database.shop(), it))
                    .isEmpty()) {
                var wanted = policy.guard().documentFor(database.shop());
                guard.ifPresent(
                        replaced -> wanted.put("_rev", replaced.path("_rev").asText()));
                there.documents().put(Guard.ID, wanted);
            }
            var open = policy.open(database.shop());
            if (!there.security().equals(open)) {
                there.putSecurity(open);
            }
            return null;
        });
        if (prepared.size() > REMEMBERED) {
            prepared.clear();
        }
        prepared.put(key, true);
    }

    /** It is to be looked at anew. */
    void doubt(Edge edge, ShopDatabase database) {
        prepared.remove(key(edge, database));
    }

    private static Prepared key(Edge edge, ShopDatabase database) {
        return new Prepared(edge.name(), edge.version(), database);
    }
}
