package io.shopsync.system.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** What the committed dashboards ask for. */
public final class Dashboards {

    private Dashboards() {}

    /** Every PromQL expression. */
    public static List<String> expressions() throws IOException {
        return targets("expr");
    }

    /** Every SQL query, with Grafana's macros in it. */
    public static List<String> queries() throws IOException {
        return targets("rawSql");
    }

    static List<Node> panels() throws IOException {
        try (var files = Files.list(Repository.file("deploy/grafana/dashboards"))) {
            return files.sorted()
                    // JSON is YAML.
                    .map(file -> Repository.yaml("deploy/grafana/dashboards/" + file.getFileName()))
                    .flatMap(dashboard -> dashboard.get("panels").items())
                    .filter(panel -> !"row".equals(panel.get("type").text().orElseThrow()))
                    .toList();
        }
    }

    private static List<String> targets(String key) throws IOException {
        return panels().stream()
                .flatMap(panel -> panel.get("targets").items())
                .flatMap(target -> target.get(key).text().stream())
                .toList();
    }
}
