package io.shopsync.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.shopsync.audit.Api;
import io.shopsync.audit.AuditTest;
import io.shopsync.audit.Facts;
import io.shopsync.audit.Given;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.platform.Roles;
import io.shopsync.stack.testing.Tokens;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@AuditTest
class EventsResourceTest {

    private static final Instant START = Instant.parse("2026-02-03T04:05:06Z");

    @Inject
    Ledger ledger;

    @Test
    void listsTheEventsOfTheTypesAskedFor() {
        // Given
        var shop = Given.shop();
        record(
                Given.at(START, Given.created(shop)),
                Given.at(START.plusSeconds(1), new SyncEvent.ProvisioningStarted(shop)),
                Given.at(START.plusSeconds(2), Given.provisioned(shop)));
        // When
        var one = Api.items("/api/v1/events?type=shopsync.shop.created.v1&shop=" + shop);
        var two = Api.items("/api/v1/events?type=shopsync.shop.created.v1"
                + "&type=shopsync.sync.shop-provisioned.v1&shop=" + shop);
        // Then
        assertThat(one).extracting(event -> event.get("type")).containsExactly("shopsync.shop.created.v1");
        assertThat(two)
                .extracting(event -> event.get("type"))
                .containsExactly("shopsync.sync.shop-provisioned.v1", "shopsync.shop.created.v1");
    }

    @Test
    void goesOnWhereThePageBeforeEnded() {
        // Given
        var shop = Given.shop();
        var events = IntStream.range(0, 7)
                .mapToObj(i -> Given.at(START.plusMillis(i / 3), new ShopEvent.SyncEnabled(shop)))
                .toList();
        record(events.toArray(Envelope<?>[]::new));
        // When
        var pages = Api.allPages("/api/v1/events?order=asc&limit=2&shop=" + shop);
        // Then
        assertThat(pages)
                .extracting(event -> event.get("id"))
                .containsExactlyInAnyOrderElementsOf(
                        events.stream().map(event -> event.id().toString()).toList());
        assertThat(pages)
                .extracting(event -> Instant.parse((String) event.get("time")))
                .isSorted();
    }

    @Test
    void findsOneEventByItsId() {
        // Given
        var shop = Given.shop();
        var event = Given.at(START, Given.created(shop));
        record(event);
        // When
        var found = Api.get("/api/v1/events/" + event.id());
        // Then
        found.then().statusCode(200).body("shop", equalTo(shop.value())).body("data.name", equalTo("Test shop"));
    }

    @Test
    void showsAnOwnerTheirOwnShopsAlone() {
        // Given
        var own = Given.shop();
        var alsoOwn = Given.shop();
        var other = Given.shop();
        var ofOther = Given.at(START, Given.created(other));
        record(Given.at(START, Given.created(own)), Given.at(START, Given.created(alsoOwn)), ofOther);
        var owner = Tokens.of(Roles.OWNER, own, alsoOwn);
        // When
        var all = Api.get("/api/v1/events?limit=1000", owner);
        // Then
        all.then().statusCode(200);
        assertThat(all.jsonPath().getList("items.shop"))
                .contains(own.value(), alsoOwn.value())
                .allMatch(shop -> shop.equals(own.value()) || shop.equals(alsoOwn.value()));
        Api.get("/api/v1/events?shop=" + other, owner).then().statusCode(403).body("code", equalTo("shop-not-yours"));
        Api.get("/api/v1/events/" + ofOther.id(), owner).then().statusCode(404);
    }

    @Test
    void writesCsvThatASpreadsheetReadsAndDoesNotRun() {
        // Given
        var shop = Given.shop();
        record(
                Given.at(START, new ShopEvent.SyncDisabled(shop, "said \"no\", twice"))
                        .askedBy("=cmd|' /C calc'!A0"),
                Given.at(START.plusSeconds(1), new ShopEvent.SyncEnabled(shop)));
        // When
        var csv = Api.getAs("/api/v1/events?order=asc&limit=1&shop=" + shop, "text/csv");
        // Then
        csv.then()
                .statusCode(200)
                .contentType("text/csv")
                .header("Link", containsString("cursor="))
                .header("Link", containsString("rel=\"next\""));
        var lines = csv.asString().split("\r\n", -1);
        assertThat(lines[0]).isEqualTo("time,shop,type,actor,id,cause,source,topic,recordedAt,data");
        assertThat(lines[1])
                .startsWith("2026-02-03T04:05:06Z," + shop + ",shopsync.shop.sync-disabled.v1,'=cmd|' /C calc'!A0,")
                .contains(
                        "\"{\"\"shop\"\": \"\"" + shop + "\"\", \"\"reason\"\": \"\"said \\\"\"no\\\"\", twice\"\"}\"");
        assertThat(lines[2]).isEmpty();
    }

    @Test
    void answers406WhereNeitherJsonNorCsvIsAccepted() {
        Api.getAs("/api/v1/events", "image/png").then().statusCode(406).body("code", equalTo("not-acceptable"));
    }

    private void record(Envelope<?>... events) {
        ledger.store(Arrays.stream(events).map(Facts::of).toList());
    }
}
