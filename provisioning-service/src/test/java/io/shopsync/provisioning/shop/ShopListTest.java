package io.shopsync.provisioning.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.specification.RequestSpecification;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.ReasonCode;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.provisioning.Api;
import io.shopsync.provisioning.Given;
import io.shopsync.provisioning.Logs;
import io.shopsync.provisioning.ServiceTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@ServiceTest
class ShopListTest {

    @Test
    void givesEachShopOnceInTheOrderOfIdsPageByPage() {
        // Given
        var many = Stream.generate(Given::shop).limit(7).toArray(ShopId[]::new);
        for (var shop : many) {
            Api.signUp(shop).then().statusCode(202);
        }
        // When
        var listed = allPages(() -> Api.asOwner(many), 3);
        // Then
        assertThat(listed)
                .containsExactlyElementsOf(
                        Stream.of(many).map(ShopId::value).sorted().toList());
    }

    @Test
    void showsAnOwnerOnlyTheShopsOfTheToken() {
        // Given
        var mine = Given.shop();
        var other = Given.shop();
        Api.signUp(mine).then().statusCode(202);
        Api.signUp(other).then().statusCode(202);
        // When Then
        Api.asOwner(mine)
                .get(Api.SHOPS)
                .then()
                .statusCode(200)
                .body("items.shopId", equalTo(List.of(mine.value())))
                .body("next", nullValue());
        Api.asOwner().get(Api.SHOPS).then().statusCode(200).body("items", equalTo(List.of()));
        assertThat(allPages(Api::asAdmin, 200)).contains(mine.value(), other.value());
    }

    @Test
    void findsShopsByStatus() {
        // Given
        var failed = Given.shop();
        var requested = Given.shop();
        Api.signUp(failed).then().statusCode(202);
        Api.signUp(requested).then().statusCode(202);
        try (var syncEvents = Logs.syncEvents()) {
            var body = new SyncEvent.ProvisioningFailed(failed, ReasonCode.COUCHDB_REFUSED_REQUEST, "illegal");
            syncEvents.publish(Envelope.of("/sync-orchestrator", Instant.now(), body));
        }
        await().untilAsserted(() -> assertThat(Api.status(failed)).isEqualTo("FAILED"));
        // When Then
        assertThat(list("?status=FAILED", failed, requested)).containsExactly(failed.value());
        assertThat(list("?status=READY", failed, requested)).isEmpty();
        assertThat(list("?status=REQUESTED&status=FAILED", failed, requested))
                .containsExactlyInAnyOrder(failed.value(), requested.value());
    }

    private static List<String> list(String query, ShopId... shops) {
        return Api.asOwner(shops)
                .get(Api.SHOPS + query)
                .then()
                .statusCode(200)
                .extract()
                .path("items.shopId");
    }

    private static List<String> allPages(Supplier<RequestSpecification> caller, int limit) {
        var found = new ArrayList<String>();
        var path = Api.SHOPS + "?limit=" + limit;
        var cursor = "";
        do {
            var page = caller.get()
                    .get(path + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            found.addAll(page.getList("items.shopId"));
            cursor = page.getString("next") == null ? null : "&cursor=" + page.getString("next");
        } while (cursor != null);
        return found;
    }
}
