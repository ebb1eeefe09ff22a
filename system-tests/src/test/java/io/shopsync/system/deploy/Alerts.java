package io.shopsync.system.deploy;

import java.util.List;
import java.util.stream.Stream;

/** The committed alerts. */
public final class Alerts {

    private static final String RULES = "deploy/prometheus/rules/shopsync.yml";

    private Alerts() {}

    /** Every PromQL expression. */
    public static List<String> expressions() {
        return all().map(alert -> alert.get("expr").text().orElseThrow()).toList();
    }

    static Stream<Node> all() {
        return Repository.yaml(RULES)
                .get("groups")
                .items()
                .flatMap(group -> group.get("rules").items());
    }
}
