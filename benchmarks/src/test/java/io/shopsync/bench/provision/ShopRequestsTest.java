package io.shopsync.bench.provision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.ShopId;
import io.shopsync.couchdb.CouchOptions;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Credentials;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.couchdb.database.SecurityDocument.Group;
import io.shopsync.couchdb.user.PasswordKey;
import io.shopsync.couchdb.user.UserDocument;
import io.shopsync.stack.process.Ports;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopRequestsTest {

    private static final ShopId SHOP = new ShopId("pattern");
    private static final ShopId COPY = new ShopId("another");

    @TempDir
    private Path folder;

    private io.shopsync.stack.couchdb.CouchServer embedded;
    private CouchServer server;

    @BeforeEach
    void startServer() {
        embedded = io.shopsync.stack.couchdb.CouchServer.choose(folder, Ports.free(), "secret", Map.of());
        var options = CouchOptions.of(embedded.url().toString())
                .withCredentials(Credentials.basic(embedded.username(), embedded.password()));
        server = CouchServer.connect(options);
    }

    @AfterEach
    void stopServer() {
        server.close();
        embedded.close();
    }

    @Test
    void aCopyHasWhatTheShopHasUnderItsOwnName() {
        // Given
        var database = server.database("shop_pattern_sales");
        database.create(1);
        database.documents().put("_design/guard", guard("pattern"));
        database.putSecurity(security("shop_pattern"));
        server.users().put(login("shop_pattern_sync", "shop_pattern"));
        server.users().put(login("shop_pattern_admin", "shop_pattern"));
        // When
        var requests = ShopRequests.of(server, SHOP);
        requests.makeLogins(server, List.of(COPY));
        requests.databases().forEach(each -> requests.makeDatabase(server, each, COPY));
        // Then
        var copied = server.database("bench_another_sales");
        var copiedGuard = copied.documents().get("_design/guard").orElseThrow();
        copiedGuard.remove("_rev");
        assertThat((Object) copiedGuard).isEqualTo(guard("another").put("_id", "_design/guard"));
        assertThat(copied.security()).isEqualTo(security("bench_another"));
        assertThat(server.users().get("bench_another_sync").orElseThrow().roles())
                .containsExactly("bench_another");
        assertThat(server.users().get("bench_another_admin")).isPresent();
        assertThat(requests.databasesOf(COPY)).containsExactly("bench_another_sales");
    }

    private static ObjectNode guard(String shop) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("shopId", shop)
                .put("validate_doc_update", "function (doc) { if (doc.shopId !== '" + shop + "') throw {}; }");
    }

    private static SecurityDocument security(String name) {
        return new SecurityDocument(Group.NOBODY, new Group(Set.of(name + "_sync"), Set.of(name)));
    }

    private static UserDocument login(String name, String role) {
        return UserDocument.create(name, Set.of(role), new PasswordKey("sha256", 10, "aa", "bb"));
    }
}
