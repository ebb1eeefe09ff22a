package io.shopsync.provisioning;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.shopsync.contracts.ShopId;
import io.shopsync.platform.sealing.KeyRing;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The service with an OIDC provider in place of its own accounts, and with a new key before the old one. */
@ServiceTest
@TestProfile(OtherSettingsTest.Settings.class)
class OtherSettingsTest {

    private static final String OLD_KEY = "old:c2hvcHN5bmMgdGVzdCBrZXkuIHRoaXJ0eS10d28gYi4=";
    private static final String NEW_KEY = "new:c2hvcHN5bmMgZGV2ZWxvcG1lbnQga2V5LCAzMiBiLi4=";

    public static final class Settings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "shopsync.accounts.enabled", "false",
                    "shopsync.credentials.keys", NEW_KEY + "," + OLD_KEY,
                    "shopsync.credentials.reseal-every", "1s");
        }
    }

    @Inject
    DataSource dataSource;

    @Test
    void keepsNoAccountsWhereAnOidcProviderDoes() {
        var login = Map.of("name", "admin", "password", "the first administrator");
        Api.post(given(), "/api/v1/tokens", login).then().statusCode(404).body("code", equalTo("not-found"));
        Api.asAdmin().get("/api/v1/accounts").then().statusCode(404);
        given().get("/.well-known/jwks.json").then().statusCode(200).body("keys", empty());
        Api.asAdmin().get(Api.SHOPS).then().statusCode(200);
    }

    @Test
    void movesPasswordsToTheNewKeySoThatTheOldOneCanBeTakenOut() throws SQLException {
        // Given
        var shop = Given.shop();
        Api.signUp(shop).then().statusCode(202);
        var password = password(shop);
        // When
        sealWithTheOldKey(shop, password);
        // Then
        await().untilAsserted(() -> assertThat(keyOf(shop)).isEqualTo("new"));
        assertThat(password(shop)).isEqualTo(password);
        await().untilAsserted(() ->
                assertThat(given().get("/q/metrics").asString()).contains("shopsync_credentials_stale 0.0"));
    }

    private static String password(ShopId shop) {
        return Api.get(shop, "/connection").then().statusCode(200).extract().path("password");
    }

    private void sealWithTheOldKey(ShopId shop, String password) throws SQLException {
        var sealed = KeyRing.parse(List.of(OLD_KEY))
                .seal(password.getBytes(StandardCharsets.US_ASCII), shop.value(), shop.syncLogin());
        try (var connection = dataSource.getConnection();
                var update = connection.prepareStatement("update credential set key_id = ?, box = ? where login = ?")) {
            update.setString(1, sealed.keyId());
            update.setBytes(2, sealed.box());
            update.setString(3, shop.syncLogin());
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private String keyOf(ShopId shop) throws SQLException {
        try (var connection = dataSource.getConnection();
                var select = connection.prepareStatement("select key_id from credential where login = ?")) {
            select.setString(1, shop.syncLogin());
            try (var rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getString(1);
            }
        }
    }
}
