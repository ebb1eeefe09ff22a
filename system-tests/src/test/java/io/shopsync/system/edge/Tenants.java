package io.shopsync.system.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.stack.couchdb.CouchServer;
import io.shopsync.stack.process.Folders;
import io.shopsync.stack.process.Ports;
import java.net.URI;
import java.util.concurrent.ThreadLocalRandom;

/** Shops made by hand on the server behind the edge, as the orchestrator leaves them. */
final class Tenants implements AutoCloseable {

    static final String PASSWORD = "a-till-s-password";

    private final Till admin = Till.of(Couch.SERVER.url(), Couch.SERVER.username(), Couch.SERVER.password());

    /** One server for all tests here, started at the first and ended with the JVM. */
    private static final class Couch {

        static final CouchServer SERVER = start();

        private static CouchServer start() {
            var data = Folders.temporary("edge-couchdb");
            var server = CouchServer.choose(data, Ports.free(), "test", System.getenv());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                Folders.delete(data);
            }));
            return server;
        }
    }

    URI couch() {
        return Couch.SERVER.url();
    }

    Till admin() {
        return admin;
    }

    /** A fresh shop with a {@code sales} database that only its own login may use. */
    ShopId open() {
        var shop =
                new ShopId("edge-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 50), 36));
        var database = '/' + databaseOf(shop);
        created(admin.send("PUT", database + "?q=1").statusCode());
        created(admin.send("PUT", database + "/_security", """
                        {"admins": {"roles": ["_admin"]}, "members": {"names": ["%s"], "roles": []}}
                        """.formatted(shop.syncLogin()))
                .statusCode());
        created(admin.send("PUT", "/_users/org.couchdb.user:" + shop.syncLogin(), """
                        {"name": "%s", "password": "%s", "roles": ["%s"], "type": "user"}
                        """.formatted(
                                shop.syncLogin(), PASSWORD, shop.role()))
                .statusCode());
        return shop;
    }

    static String databaseOf(ShopId shop) {
        return new DatabaseName("sales").of(shop).physicalName();
    }

    @Override
    public void close() {
        admin.close();
    }

    private static void created(int status) {
        assertThat(status).isIn(200, 201);
    }
}
