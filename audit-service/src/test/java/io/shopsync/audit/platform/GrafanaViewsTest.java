package io.shopsync.audit.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.shopsync.audit.AuditTest;
import io.shopsync.audit.Facts;
import io.shopsync.audit.Given;
import io.shopsync.audit.ledger.Ledger;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.Topic;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.Severity;
import io.shopsync.contracts.metrics.SyncSample;
import io.shopsync.eventing.EnvelopeCodec;
import io.shopsync.eventing.EventJson;
import io.shopsync.stack.postgres.PostgresServer;
import io.shopsync.stack.testing.EventLog;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@AuditTest
class GrafanaViewsTest {

    private static final Instant START = Instant.parse("2026-02-03T04:05:06Z");

    private static final Path DASHBOARDS = Path.of("../deploy/grafana/dashboards");

    @Inject
    Database database;

    @Inject
    Ledger ledger;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @Test
    void showHowLongASignupTook() {
        // Given
        var shop = Given.shop();
        var waiting = Given.shop();
        ledger.store(List.of(
                Facts.of(Given.at(START, Given.created(shop))),
                Facts.of(Given.at(START.plusMillis(812), Given.provisioned(shop))),
                Facts.of(Given.at(START, Given.created(waiting)))));
        // When
        var took = select("select seconds from grafana.signup where shop = '" + shop + "'");
        var takes = select("select seconds from grafana.signup where shop = '" + waiting + "'");
        // Then
        assertThat(took).containsExactly("0.812000");
        assertThat(takes).containsExactly((String) null);
    }

    @Test
    void showFindingsAndSamples() {
        try (var findings = EventLog.of(Topic.ISOLATION_FINDINGS, EnvelopeCodec::encode, EnvelopeCodec::decode);
                var samples = EventLog.of(Topic.SYNC_METRICS, EnvelopeCodec::encode, EnvelopeCodec::decode)) {
            // Given
            var shop = Given.shop();
            // When
            findings.publish(Given.event(Given.finding(shop, FindingKind.USER_DRIFT, Severity.HIGH)));
            samples.publish(Given.event(new SyncSample.DatabaseSize(shop, new DatabaseName("sales"), 12, 1, 4096)));
            // Then
            await().untilAsserted(() -> {
                assertThat(select("select severity from grafana.finding where shop = '" + shop + "'"))
                        .containsExactly("HIGH");
                assertThat(select("select documents from grafana.database_size where shop = '" + shop + "'"))
                        .containsExactly("12");
                assertThat(select("select type from grafana.sample where shop = '" + shop + "'"))
                        .containsExactly("shopsync.metrics.database-size.v1");
            });
        }
    }

    @Test
    void answerEveryQueryOfTheDashboards() throws IOException {
        // Given
        var queries = new ArrayList<String>();
        try (var dashboards = Files.list(DASHBOARDS)) {
            for (var dashboard :
                    dashboards.filter(file -> file.toString().endsWith(".json")).toList()) {
                EventJson.mapper()
                        .readTree(dashboard.toFile())
                        .findValuesAsText("rawSql")
                        .forEach(queries::add);
            }
        }
        // When
        assertThat(queries).isNotEmpty().allSatisfy(query -> {
            // Then
            assertThat(query).contains("grafana.");
            select(query.replaceAll("\\$__timeFilter\\((\\w+)\\)", "$1 > now()"));
        });
    }

    @Test
    void letADashboardsLoginReadThemAndNoTable() throws SQLException {
        // Given
        var role = "reader_" + Given.shop().value();
        try (var superuser = DriverManager.getConnection(url, "postgres", PostgresServer.TEMPORARY_PASSWORD);
                var grants = superuser.createStatement()) {
            grants.execute("create role " + role + " login password 'reader'");
            grants.execute("grant connect on database " + superuser.getCatalog() + " to " + role);
            grants.execute("grant usage on schema grafana to " + role);
            grants.execute("grant select on all tables in schema grafana to " + role);
        }
        // When
        try (var reader = DriverManager.getConnection(url, role, "reader");
                var statement = reader.createStatement()) {
            // Then
            for (var view : List.of(
                    "event",
                    "finding",
                    "connection_shown",
                    "signup",
                    "database_size",
                    "replication",
                    "device",
                    "sync_health",
                    "sample")) {
                assertThat(statement.execute("select * from grafana." + view + " limit 1"))
                        .isTrue();
            }
            assertThatThrownBy(() -> statement.execute("select * from ledger_event limit 1"))
                    .hasMessageContaining("permission denied");
        }
    }

    private List<String> select(String sql) {
        return database.query(connection -> new Select(sql).list(connection, (ResultSet row) -> row.getString(1)));
    }
}
