package io.shopsync.orchestrator.replication.edge;

import io.shopsync.contracts.ShopId;
import io.shopsync.couchdb.CouchOptions;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Credentials;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.couchdb.CouchConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ways to edges: one an edge, kept while it is used. */
@ApplicationScoped
class EdgeServers {

    private static final int KEPT = 500;

    private final EdgeStore store;
    private final Addresses addresses;
    private final CouchConfig limits;
    private final Map<Key, Open> open = new LinkedHashMap<>(16, 0.75f, true);

    EdgeServers(EdgeStore store, Addresses addresses, CouchConfig limits) {
        this.store = store;
        this.addresses = addresses;
        this.limits = limits;
    }

    private record Key(ShopId shop, String name) {}

    private record Open(long version, Couch couch) {}

    /**
     * The way to an edge.
     *
     * @throws AddressNotAllowed where its name has come to lead somewhere that we do not ask
     */
    Couch of(Edge edge) {
        addresses.require(edge.url());
        synchronized (open) {
            var key = new Key(edge.shop(), edge.name());
            var known = open.get(key);
            if (known == null || known.version() != edge.version()) {
                known = new Open(edge.version(), connect(edge));
                open.put(key, known);
                forgetOldest();
            }
            return known.couch();
        }
    }

    private Couch connect(Edge edge) {
        var defaults = CouchOptions.of(edge.url().toString());
        var options = new CouchOptions(
                edge.url(),
                Credentials.basic(edge.username(), store.password(edge)),
                limits.connectTimeout(),
                limits.requestTimeout(),
                defaults.idleTimeout(),
                defaults.heartbeat());
        return Couch.at("the edge " + edge.name() + " of " + edge.shop(), options, limits, CouchServer::session);
    }

    private void forgetOldest() {
        if (open.size() > KEPT) {
            var oldest = open.entrySet().iterator();
            oldest.next().getValue().couch().close();
            oldest.remove();
        }
    }
}
