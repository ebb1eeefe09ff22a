package io.shopsync.orchestrator.replication;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.couchdb.CouchOptions;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Credentials;
import io.shopsync.stack.testing.CouchResource;

/** The other CouchDB of tests, and what goes into it. */
public final class Standbys {

    private Standbys() {}

    /** As a server admin. */
    public static CouchServer connect() {
        var address = CouchResource.standby();
        return CouchServer.connect(CouchOptions.of(address.url().toString())
                .withCredentials(Credentials.basic(address.username(), address.password())));
    }

    public static ShopDatabase sales(ShopId shop) {
        return new DatabaseName("sales").of(shop);
    }

    /** A document of the shop's. */
    public static ObjectNode document(ShopId shop) {
        return JsonNodeFactory.instance.objectNode().put("shopId", shop.value());
    }
}
