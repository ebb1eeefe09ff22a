package io.shopsync.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.shopsync.contracts.Topic;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.Severity;
import io.shopsync.eventing.EnvelopeCodec;
import io.shopsync.stack.testing.EventLog;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@AuditTest
class ObservabilityTest {

    @Test
    void tellsPrometheusWhatItTook() {
        try (var findings = EventLog.of(Topic.ISOLATION_FINDINGS, EnvelopeCodec::encode, EnvelopeCodec::decode)) {
            // Given
            var shop = Given.shop();
            // When
            findings.publish(Given.event(Given.finding(shop, FindingKind.SECURITY_DRIFT, Severity.CRITICAL)));
            // Then
            await().untilAsserted(() -> assertThat(metrics())
                    .containsPattern("shopsync_audit_events_total\\{topic=\"isolation-findings\","
                            + "type=\"shopsync.isolation.finding-raised.v1\"[^}]*} [1-9]")
                    .containsPattern(
                            "shopsync_audit_findings_total\\{kind=\"ISO-001\",severity=\"CRITICAL\"[^}]*} [1-9]")
                    .contains("shopsync_audit_batch_seconds_bucket{topic=\"isolation-findings\"")
                    .contains("shopsync_audit_delay_seconds_bucket{topic=\"isolation-findings\"")
                    .contains("shopsync_audit_dead_letters_total{topic=\"isolation-findings\"")
                    .contains("kafka_consumer_fetch_manager_records_lag")
                    .doesNotContain(shop.value()));
        }
    }

    @Test
    void measuresRequestsWithAHistogram() {
        // When
        Api.get("/api/v1/findings/catalogue").then().statusCode(200);
        // Then
        await().untilAsserted(() -> assertThat(metrics())
                .containsPattern("http_server_requests_seconds_bucket\\{[^}]*uri=\"/api/v1/findings/catalogue\""));
    }

    @Test
    void isReadyWhereItsEventsAreStored() {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.name", hasItem("event intake"));
    }

    @Test
    void listensToEveryTopicOfFacts() {
        // When
        var consumed = Arrays.stream(Topic.values())
                .filter(topic -> ConfigProvider.getConfig()
                        .getOptionalValue("mp.messaging.incoming." + topic.topicName() + ".topic", String.class)
                        .isPresent())
                .collect(Collectors.toSet());
        // Then
        assertThat(consumed)
                .containsExactlyInAnyOrder(
                        Topic.SHOPS, Topic.SYNC_EVENTS, Topic.ISOLATION_FINDINGS, Topic.SYNC_METRICS);
    }

    private static String metrics() {
        return given().accept("text/plain").get("/q/metrics").asString();
    }
}
