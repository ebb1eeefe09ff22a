package io.shopsync.audit.finding;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.shopsync.contracts.isolation.FindingKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What findings tell Prometheus. */
@Startup
@ApplicationScoped
class FindingMetrics {

    /** Findings taken, by kind and severity; one that is delivered twice counts twice. */
    static final String FINDINGS = "shopsync.audit.findings";

    private static final Set<String> KINDS =
            Arrays.stream(FindingKind.values()).map(FindingKind::id).collect(Collectors.toUnmodifiableSet());

    private final MeterRegistry registry;

    /** Begins every series at zero: an alert on an increase would pass over the first finding of a kind. */
    FindingMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (var kind : FindingKind.values()) {
            registry.counter(
                    FINDINGS, "kind", kind.id(), "severity", kind.severity().name());
        }
    }

    void stored(List<Finding> findings) {
        for (var finding : findings) {
            registry.counter(
                            FINDINGS,
                            "kind",
                            label(finding.kind()),
                            "severity",
                            finding.severity().name())
                    .increment();
        }
    }

    private static String label(String kind) {
        return KINDS.contains(kind) ? kind : Finding.UNKNOWN;
    }
}
