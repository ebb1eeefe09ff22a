package io.shopsync.orchestrator.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.ShopId;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.CouchOptions;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Credentials;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.couchdb.document.RawJson;
import io.shopsync.couchdb.user.PasswordKey;
import io.shopsync.couchdb.user.UserDocument;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.orchestrator.security.Guard.Deletions;
import io.shopsync.stack.testing.CouchResource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard as CouchDB runs it. */
class GuardTest {

    private static CouchServer couch;

    private final ShopId shop = Shops.fresh();

    @BeforeAll
    static void connect() {
        var address = CouchResource.address();
        couch = CouchServer.connect(CouchOptions.of(address.url().toString())
                .withCredentials(Credentials.basic(address.username(), address.password())));
    }

    @AfterAll
    static void disconnect() {
        couch.close();
    }

    @Test
    void letsTheShopsDocumentsComeChangeAndGo() {
        // Given
        var documents = guarded(Deletions.MARKED).documents();
        // Then
        assertThatCode(() -> {
                    var first = documents.put("d", document("{'shopId': '%s', 'n': 1}"));
                    var second = documents.put(
                            "d", document("{'shopId': '%s', 'n': 2}").put("_rev", first));
                    documents.put(
                            "d", document("{'shopId': '%s', '_deleted': true}").put("_rev", second));
                    documents.put("d", document("{'shopId': '%s', 'n': 3}"));
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'shopId': null}",
                "{'shopId': 'other'}",
                "{'shopId': ['%s']}",
                "{'shopId': '%s-x'}",
                "{'shopid': '%s'}",
                "{'_deleted': true}",
                "{'_deleted': true, 'shopId': 'other'}",
                "{'_deleted': true, 'body': 'smuggled'}"
            })
    void refusesWhatIsNotMarkedAsTheShops(String body) {
        // Given
        var documents = guarded(Deletions.MARKED).documents();
        // Then
        assertThatThrownBy(() -> documents.put("d", document(body)))
                .isInstanceOf(CouchException.Forbidden.class)
                .hasMessageContaining("shopId must be " + shop);
    }

    @Test
    void refusesThemWhenTheyAreReplicatedToo() {
        // Given
        var database = guarded(Deletions.MARKED);
        var foreign = "{\"_id\":\"d\",\"_rev\":\"1-abc\",\"_deleted\":true,\"shopId\":\"other\",\"body\":\"smuggled\"}";
        // When
        var refused = database.bulk().replicate(List.of(RawJson.of(foreign.getBytes(StandardCharsets.UTF_8))));
        // Then
        assertThat(refused)
                .singleElement()
                .satisfies(row -> assertThat(row.error()).isEqualTo("forbidden"));
    }

    @Test
    void aForeignDocumentFromBeforeIsNotTakenOverButAServerAdminMayRemoveIt() {
        // Given
        var database = database();
        var revision = database.documents().put("d", document("{'shopId': 'other'}"));
        database.documents().put(Guard.ID, new Guard(Deletions.MARKED).documentFor(shop));
        var till = till(database);
        // Then
        assertThatThrownBy(() -> database.documents()
                        .put("d", document("{'shopId': '%s'}").put("_rev", revision)))
                .hasMessageContaining("belongs to another shop");
        var tombstone = document("{'shopId': '%s', '_deleted': true}").put("_rev", revision);
        assertThatThrownBy(() -> till.documents().put("d", tombstone)).hasMessageContaining("belongs to another shop");
        assertThatCode(() -> database.documents().put("d", tombstone)).doesNotThrowAnyException();
    }

    @Test
    void aDocumentFromBeforeThatHasNoMarkMayBeGivenOne() {
        // Given
        var database = database();
        var revision = database.documents().put("d", document("{}"));
        database.documents().put(Guard.ID, new Guard(Deletions.MARKED).documentFor(shop));
        // Then
        assertThatCode(() -> till(database)
                        .documents()
                        .put("d", document("{'shopId': '%s'}").put("_rev", revision)))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesALoginOfAnotherShopEvenWhereTheDatabaseIsOpenToIt() {
        // Given
        var database = guarded(Deletions.MARKED);
        database.putSecurity(SecurityDocument.EMPTY);
        var stranger = Shops.fresh();
        // Then
        assertThatThrownBy(() -> as(stranger.syncLogin(), database).documents().put("d", document("{'shopId': '%s'}")))
                .hasMessageContaining("the login belongs to another shop");
        // A shop whose id begins like ours is another shop.
        var alike = new ShopId(shop + "-x");
        assertThatThrownBy(() -> as(alike.syncLogin(), database).documents().put("d", document("{'shopId': '%s'}")))
                .hasMessageContaining("the login belongs to another shop");
        assertThatCode(() -> as(shop.adminLogin(), database).documents().put("d", document("{'shopId': '%s'}")))
                .doesNotThrowAnyException();
    }

    @Test
    void bareDeletionsPassWhereTheyMayAndSmuggleNothing() {
        // Given
        var documents = guarded(Deletions.MARKED_OR_BARE).documents();
        var revision = documents.put("d", document("{'shopId': '%s'}"));
        // Then
        assertThatThrownBy(() -> documents.put(
                        "d", document("{'_deleted': true, 'body': 'smuggled'}").put("_rev", revision)))
                .isInstanceOf(CouchException.Forbidden.class);
        assertThatCode(() -> documents.delete("d", revision)).doesNotThrowAnyException();
        assertThatThrownBy(() -> documents.put("e", document("{}"))).isInstanceOf(CouchException.Forbidden.class);
    }

    @Test
    void isToldFromAChangedOneWhateverItsRevision() {
        // Given
        var guard = new Guard(Deletions.MARKED);
        var stored = guard.documentFor(shop).put("_rev", "4-abc");
        // Then
        assertThat(guard.isInstalled(shop, stored)).isTrue();
        assertThat(guard.isInstalled(Shops.OTHER, stored)).isFalse();
        assertThat(new Guard(Deletions.MARKED_OR_BARE).isInstalled(shop, stored))
                .isFalse();
        assertThat(guard.isInstalled(shop, stored.deepCopy().put("filters", "x")))
                .isFalse();
    }

    private Database guarded(Deletions deletions) {
        var database = database();
        database.documents().put(Guard.ID, new Guard(deletions).documentFor(shop));
        return database;
    }

    private Database database() {
        var database = couch.database("shop_" + shop + "_guarded");
        database.create(1);
        return database;
    }

    private Database till(Database database) {
        database.putSecurity(
                new SecurityPolicy(SecurityPolicy.ShopAdmin.MEMBER, new Guard(Deletions.MARKED), 1000).open(shop));
        return as(shop.syncLogin(), database);
    }

    private static Database as(String login, Database database) {
        var key = PasswordKey.derive("secret".toCharArray(), "5a17", 10);
        couch.users().put(UserDocument.create(login, Set.of(), key));
        return couch.as(Credentials.basic(login, "secret")).database(database.name());
    }

    private ObjectNode document(String json) {
        try {
            return (ObjectNode)
                    new ObjectMapper().readTree(json.replace('\'', '"').replace("%s", shop.value()));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
