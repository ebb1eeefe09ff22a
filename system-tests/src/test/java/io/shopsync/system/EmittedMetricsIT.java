package io.shopsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shopsync.stack.Service;
import io.shopsync.system.deploy.Alerts;
import io.shopsync.system.deploy.Dashboards;
import io.shopsync.system.deploy.PromQl;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What alerts and dashboards ask of the JVM, of HTTP and of Kafka's clients is what running services tell. (Our own metrics,
 * some of which appear only once something has failed, are looked up in the code.)
 */
class EmittedMetricsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Told by CouchDB, Prometheus and ourselves. */
    private static final Set<String> ELSEWHERE = Set.of("couchdb", "up", "shopsync");

    private final SystemUnderTest system = SystemUnderTest.get();

    @Test
    void servicesTellWhatIsAskedOfTheirRuntime() throws IOException {
        // Given something to tell of
        system.readyShop("metrics");
        // When
        var asked = Stream.concat(Alerts.expressions().stream(), Dashboards.expressions().stream())
                .flatMap(expression -> PromQl.metrics(expression).stream())
                .filter(name -> !ELSEWHERE.contains(name.split("_", 2)[0]))
                .collect(Collectors.toCollection(TreeSet::new));
        // Then
        assertThat(asked).hasSizeGreaterThan(5);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told()).containsAll(asked));
    }

    private Set<String> told() {
        return Arrays.stream(Service.values())
                .flatMap(service -> system.metrics(service).lines())
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }
}
