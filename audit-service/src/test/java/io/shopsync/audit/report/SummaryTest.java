package io.shopsync.audit.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.audit.Api;
import io.shopsync.audit.AuditTest;
import io.shopsync.audit.Facts;
import io.shopsync.audit.Given;
import io.shopsync.audit.ledger.Ledger;
import io.shopsync.contracts.Envelope;
import io.shopsync.platform.Roles;
import io.shopsync.stack.testing.Tokens;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@AuditTest
class SummaryTest {

    @Inject
    Ledger ledger;

    @Test
    void tellsHowFastTheShopsOfAPeriodBecameReady() {
        // Given
        var start = Instant.parse("2022-05-01T00:00:00Z");
        var events = new ArrayList<Envelope<?>>();
        for (int i = 1; i <= 100; i++) {
            var shop = Given.shop();
            events.add(Given.at(start.plusSeconds(i), Given.created(shop)));
            events.add(Given.at(start.plusSeconds(i).plusMillis(10L * i), Given.provisioned(shop)));
            events.add(Given.at(start.plusSeconds(i).plusSeconds(500), Given.provisioned(shop)));
        }
        events.add(Given.at(start, Given.created(Given.shop())));
        ledger.store(events.stream().map(Facts::of).toList());
        // When
        var summary = Api.get("/api/v1/reports/summary?from=2022-05-01T00:00:00Z&to=2022-05-02T00:00:00Z")
                .jsonPath();
        // Then
        assertThat(summary.getMap("provisioning"))
                .isEqualTo(Map.of(
                        "signups",
                        101,
                        "ready",
                        100,
                        "p50Millis",
                        505,
                        "p95Millis",
                        951,
                        "p99Millis",
                        990,
                        "maxMillis",
                        1000));
        assertThat(summary.getInt("events.total")).isEqualTo(301);
        assertThat(summary.<Map<String, Object>>getList("events.byType"))
                .containsExactly(
                        Map.of("type", "shopsync.sync.shop-provisioned.v1", "count", 200),
                        Map.of("type", "shopsync.shop.created.v1", "count", 101));
    }

    @Test
    void isOfOneShopWhereOneIsAskedForAndOfAnOwnersShopsElse() {
        // Given
        var start = Instant.parse("2022-06-01T00:00:00Z");
        var shop = Given.shop();
        ledger.store(List.of(
                Facts.of(Given.at(start, Given.created(shop))),
                Facts.of(Given.at(start, Given.created(Given.shop())))));
        var period = "from=2022-06-01T00:00:00Z&to=2022-06-02T00:00:00Z";
        // When
        var ofShop = Api.get("/api/v1/reports/summary?shop=" + shop + "&" + period);
        var ofOwner = Api.get("/api/v1/reports/summary?" + period, Tokens.of(Roles.OWNER, shop));
        // Then
        assertThat(ofShop.jsonPath().getInt("events.total")).isOne();
        assertThat(ofShop.jsonPath().getString("shop")).isEqualTo(shop.value());
        assertThat(ofOwner.jsonPath().getInt("events.total")).isOne();
    }

    @Test
    void namesEverySeverityAlsoWhereNothingWasFound() {
        // When
        var summary = Api.get("/api/v1/reports/summary?from=2021-01-01T00:00:00Z&to=2021-01-02T00:00:00Z")
                .jsonPath();
        // Then
        assertThat(summary.getMap("findings.bySeverity"))
                .isEqualTo(Map.of("INFO", 0, "LOW", 0, "MEDIUM", 0, "HIGH", 0, "CRITICAL", 0));
        assertThat(summary.getMap("provisioning")).isEqualTo(Map.of("signups", 0, "ready", 0));
    }
}
