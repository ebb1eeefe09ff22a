package io.shopsync.orchestrator.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.shop.LoginKey;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.orchestrator.batch.Batcher;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.security.Guard;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * Looks at a shop in CouchDB: which of its databases exist (asked for many shops at once), who may use those that do,
 * and its logins.
 */
@ApplicationScoped
class ShopObserver {

    private final Couch couch;
    private final LoginStore logins;
    private final Batcher<String, Boolean> existence;

    ShopObserver(Couch couch, LoginStore logins) {
        this.couch = couch;
        this.logins = logins;
        this.existence =
                new Batcher<>("existence", CouchServer.DATABASES_PER_INFO, Couch::faultOfOneRequest, this::whichExist);
    }

    /** @throws RuntimeException where CouchDB could not be asked: what is not known is never taken for right */
    ObservedShop observe(DesiredShop shop) {
        var databases = new HashMap<ShopDatabase, ObservedDatabase>();
        var documents = new HashMap<String, Optional<ObjectNode>>();
        Parallel.all(List.of(
                Executors.callable(() -> databases.putAll(databases(shop.databases()))),
                Executors.callable(() -> documents.putAll(documents(shop.logins())))));
        return new ObservedShop(databases, documents);
    }

    private Map<ShopDatabase, ObservedDatabase> databases(List<ShopDatabase> all) {
        var exist =
                existence.submitAll(all.stream().map(ShopDatabase::physicalName).toList());
        var looks = new ArrayList<Callable<ObservedDatabase>>(all.size());
        for (int i = 0; i < all.size(); i++) {
            var database = all.get(i);
            looks.add(exist.get(i) ? () -> present(database) : ObservedDatabase.Missing::new);
        }
        return zip(all, Parallel.all(looks));
    }

    private ObservedDatabase present(ShopDatabase database) {
        try {
            return new ObservedDatabase.Present(security(database), guard(database), revisionsLimit(database));
        } catch (CouchException.NotFound gone) {
            return new ObservedDatabase.Missing();
        }
    }

    private Optional<SecurityDocument> security(ShopDatabase database) {
        try {
            return Optional.of(
                    couch.ask(server -> server.database(database.physicalName()).security()));
        } catch (CouchException.BrokenAnswer unreadable) {
            return Optional.empty();
        }
    }

    private Optional<ObjectNode> guard(ShopDatabase database) {
        return couch.ask(
                server -> server.database(database.physicalName()).documents().get(Guard.ID));
    }

    private int revisionsLimit(ShopDatabase database) {
        return couch.ask(server -> server.database(database.physicalName()).revisionsLimit());
    }

    private Map<String, Optional<ObjectNode>> documents(List<LoginKey> keys) {
        var names = keys.stream().map(LoginKey::login).toList();
        return zip(names, logins.read(names));
    }

    private List<Boolean> whichExist(List<String> names) {
        var infos = couch.ask(server -> server.databaseInfos(names));
        return names.stream().map(infos::containsKey).toList();
    }

    private static <K, V> Map<K, V> zip(List<K> keys, List<V> values) {
        var map = HashMap.<K, V>newHashMap(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            map.put(keys.get(i), values.get(i));
        }
        return map;
    }
}
