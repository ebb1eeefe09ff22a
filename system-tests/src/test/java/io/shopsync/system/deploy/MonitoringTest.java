package io.shopsync.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MonitoringTest {

    @Test
    void prometheusTakesItsConfigurationAndRules() throws IOException, InterruptedException {
        assumePromtool();
        Repository.run(List.of("promtool", "check", "config", "deploy/prometheus/prometheus.yml"));
    }

    @Test
    void alertsFireWhenTheyShouldAndAreQuietABitBefore() throws IOException, InterruptedException {
        assumePromtool();
        Repository.run(List.of("promtool", "test", "rules", "deploy/prometheus/rules-test.yml"));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void everyAlertIsTestedAndLeadsToARunbook(Node alert) {
        // Given
        var name = alert.get("alert").text().orElseThrow();
        // Then
        var fires = Repository.yaml("deploy/prometheus/rules-test.yml")
                .get("tests")
                .items()
                .flatMap(test -> test.get("alert_rule_test").items())
                .filter(test -> test.get("alertname").text().orElseThrow().equals(name))
                .flatMap(test -> test.get("exp_alerts").items());
        assertThat(fires).as("%s fires in a test", name).isNotEmpty();
        var runbook = alert.get("annotations").get("runbook").text().orElseThrow();
        assertThat(Repository.file(runbook)).exists();
    }

    @Test
    void everyTargetIsAPartOfTheComposeFile() {
        var parts = Repository.yaml("docker-compose.yml").get("services").keys().toList();
        var hosts = Repository.yaml("deploy/prometheus/prometheus.yml")
                .get("scrape_configs")
                .items()
                .flatMap(job -> job.get("static_configs").items())
                .flatMap(group -> group.get("targets").items())
                .map(target -> target.text().orElseThrow().split(":", 2)[0])
                .filter(host -> !"localhost".equals(host));
        assertThat(hosts).isNotEmpty().isSubsetOf(parts);
    }

    @Test
    void everyPanelSaysWhatItShowsFromASourceThatExists() throws IOException {
        // Given
        var sources = Repository.yaml("deploy/grafana/provisioning/datasources/shopsync.yml")
                .get("datasources")
                .items()
                .map(source -> source.get("uid").text().orElseThrow())
                .toList();
        // When
        var panels = Dashboards.panels();
        // Then
        assertThat(panels).hasSizeGreaterThan(30).allSatisfy(panel -> {
            assertThat(panel.get("description").text())
                    .as("description of %s", panel.get("title"))
                    .isPresent();
            assertThat(panel.get("datasource").get("uid").text()).get().isIn(sources);
        });
        assertThat(Dashboards.expressions()).hasSizeGreaterThan(30);
        assertThat(Dashboards.queries()).isNotEmpty();
    }

    @Test
    void theDashboardsQueriesAreWellFormed(@TempDir Path folder) throws IOException, InterruptedException {
        assumePromtool();
        // Given: promtool reads expressions as rules only.
        var rules = new StringBuilder("groups:\n  - name: dashboards\n    rules:\n");
        var expressions = Dashboards.expressions();
        for (int i = 0; i < expressions.size(); i++) {
            rules.append("      - record: panel:query:").append(i).append("\n        expr: >-\n          ");
            rules.append(expressions.get(i).replace("$__rate_interval", "1m")).append('\n');
        }
        var file = Files.writeString(folder.resolve("dashboards.yml"), rules);
        // When
        Repository.run(List.of("promtool", "check", "rules", file.toString()));
    }

    private static Stream<Node> alerts() {
        return Alerts.all();
    }

    private static void assumePromtool() {
        var onPath = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
        assumeTrue(onPath, "alerts are checked with promtool, which is not installed here (Debian: prometheus)");
    }
}
