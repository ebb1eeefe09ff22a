package io.shopsync.provisioning.connection;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.LoginKey;
import io.shopsync.provisioning.shop.ShopStatus;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a shop's tills and tools need to connect.
 *
 * @param status whether the databases are there: READY when tills can sync
 * @param url the address of CouchDB
 * @param login the tills' login: the {@code sync} one of {@code logins}
 * @param password of that login
 * @param databases with their addresses
 * @param logins all logins of the shop
 */
@Schema(name = "Connection")
record ConnectionView(
        ShopId shopId,
        ShopStatus status,
        String url,
        String login,
        String password,
        List<Database> databases,
        List<Login> logins) {

    /** A database with the address that replication takes. */
    @Schema(name = "ConnectionDatabase")
    record Database(DatabaseName name, String physicalName, String url) {}

    /** A login with its password. */
    @Schema(name = "ConnectionLogin")
    record Login(String name, LoginKey.Kind kind, String password) {
        @Override
        public String toString() {
            return "Login[name=" + name + ", kind=" + kind + ", password=redacted]";
        }
    }

    @Override
    public String toString() {
        return "ConnectionView[shopId=" + shopId + ", status=" + status + ", logins=" + logins + ", password=redacted]";
    }
}
