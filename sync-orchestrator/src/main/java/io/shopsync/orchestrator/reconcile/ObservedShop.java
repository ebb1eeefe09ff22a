package io.shopsync.orchestrator.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.shop.LoginKey;
import io.shopsync.orchestrator.desired.DesiredShop;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A shop as CouchDB has it.
 *
 * @param databases every database of the shop's that was looked at
 * @param logins every login of the shop's that was looked at: its {@code _users} document, or empty where there is none
 */
public record ObservedShop(Map<ShopDatabase, ObservedDatabase> databases, Map<String, Optional<ObjectNode>> logins) {

    public ObservedShop {
        databases = Map.copyOf(databases);
        logins = Map.copyOf(logins);
    }

    /** What CouchDB has of a shop that it has never heard of. */
    static ObservedShop nothingOf(DesiredShop shop) {
        return new ObservedShop(
                shop.databases().stream()
                        .collect(Collectors.toMap(database -> database, _ -> new ObservedDatabase.Missing())),
                shop.logins().stream().collect(Collectors.toMap(LoginKey::login, _ -> Optional.empty())));
    }

    @Override
    public String toString() {
        return "ObservedShop[databases=" + databases.keySet() + ", logins=" + logins.keySet() + ']';
    }
}
