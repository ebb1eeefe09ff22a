package io.shopsync.audit.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shopsync.audit.Api;
import io.shopsync.audit.AuditTest;
import io.shopsync.audit.Given;
import io.shopsync.contracts.Topic;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.IsolationEvent.FindingEnded;
import io.shopsync.contracts.isolation.Severity;
import io.shopsync.eventing.EnvelopeCodec;
import io.shopsync.stack.testing.EventLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@AuditTest
class FindingsTest {

    private static final Instant START = Instant.parse("2026-04-01T00:00:00Z");

    private static EventLog topic;

    @BeforeAll
    static void openTopic() {
        topic = EventLog.of(Topic.ISOLATION_FINDINGS, EnvelopeCodec::encode, EnvelopeCodec::decode);
    }

    @AfterAll
    static void closeTopic() {
        topic.close();
    }

    @Test
    void keepsOneRecordOfAViolationHoweverOftenItIsTold() {
        // Given
        var shop = Given.shop();
        var event = Given.event(Given.finding(shop, FindingKind.GUARD_DRIFT, Severity.CRITICAL));
        // When
        topic.publish(event);
        topic.publish(event);
        // Then
        await().untilAsserted(() -> assertThat(Api.items("/api/v1/findings?shop=" + shop))
                .singleElement()
                .satisfies(finding -> assertThat(finding)
                        .containsEntry("id", event.id().toString())
                        .containsEntry("time", event.time().toString())
                        .containsEntry("kind", "ISO-002")
                        .containsEntry("severity", "CRITICAL")
                        .containsEntry("database", "shop_" + shop + "_sales")
                        .containsEntry("documentId", "sale-1")
                        .containsEntry("revision", "1-abc")
                        .containsEntry("foundShopId", "other-shop")
                        .containsEntry("action", "tombstoned")
                        .containsEntry("quarantineId", "q-1")
                        .containsEntry("details", Map.of("leaf", "losing"))
                        .doesNotContainKey("actor")));
        assertThat(Api.items("/api/v1/events?shop=" + shop)).hasSize(1);
    }

    @Test
    void listsAFindingThatWentOnWithWhatItCameTo() {
        // Given
        var shop = Given.shop();
        var raised = Given.event(Given.finding(shop, FindingKind.CROSS_SHOP_ATTEMPT, Severity.MEDIUM));
        topic.publish(raised);
        // When
        topic.publish(Given.event(new FindingEnded(
                shop,
                raised.id(),
                FindingKind.CROSS_SHOP_ATTEMPT,
                Optional.of("shop_" + shop + "_sales"),
                Map.of("requests", "17"))));
        // Then
        await().untilAsserted(() -> assertThat(Api.items("/api/v1/findings?shop=" + shop))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding).containsEntry("details", Map.of("leaf", "losing", "requests", "17"))));
        assertThat(Api.items("/api/v1/events?shop=" + shop)).hasSize(2);
    }

    @Test
    void listsByKindSeverityAndTime() {
        // Given
        var shop = Given.shop();
        topic.publish(Given.at(START, Given.finding(shop, FindingKind.SECURITY_DRIFT, Severity.CRITICAL)));
        topic.publish(Given.at(START.plusSeconds(1), Given.finding(shop, FindingKind.USER_DRIFT, Severity.HIGH)));
        topic.publish(Given.at(START.plusSeconds(2), Given.finding(shop, FindingKind.USER_DRIFT, Severity.CRITICAL)));
        var all = "/api/v1/findings?shop=" + shop;
        await().untilAsserted(() -> assertThat(Api.items(all)).hasSize(3));
        // When
        var byKind = Api.items(all + "&kind=ISO-003");
        var bySeverity = Api.items(all + "&severity=CRITICAL");
        var byTime = Api.items(all + "&from=2026-04-01T00:00:01Z&to=2026-04-01T00:00:02Z");
        // Then
        assertThat(byKind).hasSize(2).allMatch(finding -> finding.get("kind").equals("ISO-003"));
        assertThat(bySeverity)
                .hasSize(2)
                .allMatch(finding -> finding.get("severity").equals("CRITICAL"));
        assertThat(byTime).hasSize(1);
    }

    @Test
    void listsTheWorstFirstPageByPage() {
        // Given
        var shop = Given.shop();
        for (var severity : Severity.values()) {
            topic.publish(Given.at(START, Given.finding(shop, FindingKind.SECURITY_DRIFT, severity)));
            topic.publish(Given.at(START.plusSeconds(1), Given.finding(shop, FindingKind.SECURITY_DRIFT, severity)));
        }
        var worst = "/api/v1/findings?order=worst&limit=3&shop=" + shop;
        // When
        await().untilAsserted(() -> assertThat(Api.allPages(worst)).hasSize(10));
        // Then
        assertThat(Api.allPages(worst))
                .extracting(finding -> finding.get("severity") + " " + finding.get("time"))
                .containsExactly(
                        "CRITICAL 2026-04-01T00:00:01Z",
                        "CRITICAL 2026-04-01T00:00:00Z",
                        "HIGH 2026-04-01T00:00:01Z",
                        "HIGH 2026-04-01T00:00:00Z",
                        "MEDIUM 2026-04-01T00:00:01Z",
                        "MEDIUM 2026-04-01T00:00:00Z",
                        "LOW 2026-04-01T00:00:01Z",
                        "LOW 2026-04-01T00:00:00Z",
                        "INFO 2026-04-01T00:00:01Z",
                        "INFO 2026-04-01T00:00:00Z");
    }

    @Test
    void keepsAViolationOfAKindAndASeverityItDoesNotKnowAmongTheWorst() {
        // Given
        var shop = Given.shop();
        var event = """
                {"specversion":"1.0","id":"%s","source":"/newer","type":"shopsync.isolation.finding-raised.v1",
                 "subject":"%s","time":"2026-01-02T03:04:05Z",
                 "data":{"shop":"%s","finding":"ISO-999","severity":"APOCALYPTIC","action":"prayed"}}
                """.formatted(UUID.randomUUID(), shop, shop);
        // When
        topic.publish(shop.value(), event.getBytes(StandardCharsets.UTF_8));
        // Then
        await().untilAsserted(() -> assertThat(Api.items("/api/v1/findings?kind=ISO-999&shop=" + shop))
                .singleElement()
                .satisfies(finding -> assertThat(finding)
                        .containsEntry("severity", "CRITICAL")
                        .containsEntry("action", "prayed")));
    }

    @Test
    void explainsEveryKindInTheCatalogue() {
        // When
        var catalogue = Api.get("/api/v1/findings/catalogue").jsonPath();
        // Then
        assertThat(catalogue.getList("id")).hasSameSizeAs(FindingKind.values()).contains("ISO-001");
        assertThat(catalogue.<String>getList("advice")).noneMatch(String::isBlank);
    }

    @Test
    void writesCsv() {
        // Given
        var shop = Given.shop();
        topic.publish(Given.at(START, Given.finding(shop, FindingKind.USER_DRIFT, Severity.HIGH)));
        await().untilAsserted(() ->
                assertThat(Api.items("/api/v1/findings?shop=" + shop)).hasSize(1));
        // When
        var csv = Api.getAs("/api/v1/findings?shop=" + shop, "text/csv").asString();
        // Then
        assertThat(csv)
                .startsWith(
                        "time,shop,kind,severity,database,documentId,revision,foundShopId,actor,action,quarantineId,"
                                + "id,cause,details\r\n")
                .contains("2026-04-01T00:00:00Z," + shop + ",ISO-003,HIGH,shop_" + shop + "_sales,sale-1,1-abc,");
    }
}
