package io.shopsync.orchestrator.replication;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.CouchOptions;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Credentials;
import io.shopsync.stack.testing.CouchResource;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;

/** The other CouchDB of tests, and what goes into it. */
public final class Standbys {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

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

    /** Waits for what replication brings about; a database that is not there yet is waited for, too. */
    public static ConditionFactory eventually() {
        return await().atMost(PATIENCE).ignoreException(CouchException.NotFound.class);
    }

    /** A document of the shop's. */
    public static ObjectNode document(ShopId shop) {
        return JsonNodeFactory.instance.objectNode().put("shopId", shop.value());
    }
}
