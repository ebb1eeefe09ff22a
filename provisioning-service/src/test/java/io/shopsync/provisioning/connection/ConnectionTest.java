package io.shopsync.provisioning.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.LoginKey;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.provisioning.Api;
import io.shopsync.provisioning.Given;
import io.shopsync.provisioning.Logs;
import io.shopsync.provisioning.ServiceTest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;

@ServiceTest
class ConnectionTest {

    @Test
    void givesWhatTillsNeed() {
        // Given
        var shop = signedUp();
        // When
        var answer = Api.asOwner(shop).get(Api.path(shop, "/connection"));
        // Then
        answer.then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("url", equalTo("http://couch.example:5984"))
                .body("login", equalTo("shop_" + shop + "_sync"))
                .body("databases.url", hasItem("http://couch.example:5984/shop_" + shop + "_sales"))
                .body("logins.name", equalTo(List.of(shop.syncLogin(), shop.adminLogin())))
                .body("logins.kind", equalTo(List.of("sync", "admin")));
        assertThat(answer.<String>path("password")).matches("[A-Za-z0-9_-]{43}");
        assertThat(answer.<String>path("logins[0].password")).isEqualTo(answer.path("password"));
        assertThat(answer.<String>path("logins[1].password")).isNotEqualTo(answer.path("password"));
    }

    @Test
    void givesThePasswordWhoseKeyWasPublished() throws GeneralSecurityException {
        // Given
        var shop = signedUp();
        try (var shops = Logs.shops()) {
            await().untilAsserted(() -> assertThat(shops.of(shop)).isNotEmpty());
            var created = shops.of(shop, ShopEvent.Created.class).getFirst();
            // When
            var answer = Api.asAdmin().get(Api.path(shop, "/connection"));
            // Then
            for (var login : created.logins()) {
                String password = answer.path("logins.find { it.name == '" + login.login() + "' }.password");
                assertThat(derive(password, login)).isEqualTo(login.derivedKey());
            }
        }
    }

    @Test
    void tellsTheLedgerWhoWasShownThePasswords() {
        // Given
        var shop = signedUp();
        try (var shops = Logs.shops()) {
            // When
            Api.asOwner(shop).get(Api.path(shop, "/connection")).then().statusCode(200);
            // Then
            await().untilAsserted(() -> assertThat(shops.of(shop))
                    .filteredOn(event -> event.body() instanceof ShopEvent.ConnectionShown)
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.actor()).contains("test-owner");
                        assertThat(event.body())
                                .isEqualTo(new ShopEvent.ConnectionShown(
                                        shop, List.of(shop.syncLogin(), shop.adminLogin())));
                    }));
        }
    }

    @Test
    void tellsNothingWhenTheShopIsUnknown() {
        Api.get(Given.shop(), "/connection").then().statusCode(404).body("code", equalTo("shop-not-found"));
    }

    private static ShopId signedUp() {
        var shop = Given.shop();
        Api.signUp(shop).then().statusCode(202);
        return shop;
    }

    /** As CouchDB derives it when a till logs in. */
    private static String derive(String password, LoginKey login) throws GeneralSecurityException {
        var spec = new PBEKeySpec(
                password.toCharArray(), login.salt().getBytes(StandardCharsets.US_ASCII), login.iterations(), 256);
        return HexFormat.of()
                .formatHex(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(spec)
                        .getEncoded());
    }
}
