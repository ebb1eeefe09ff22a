package io.shopsync.audit.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.shopsync.contracts.isolation.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a period was like, for one shop or for all that the caller may see.
 *
 * @param from inclusive
 * @param to exclusive
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Summary(
        Optional<String> shop, Instant from, Instant to, Events events, Findings findings, Provisioning provisioning) {

    /** How many events there were, by type, the most frequent first. */
    public record Events(long total, List<TypeCount> byType) {}

    /** How many events of a type there were. */
    public record TypeCount(String type, long count) {}

    /** How many findings there were; every severity is named, also with none. */
    public record Findings(long total, Map<Severity, Long> bySeverity, List<KindCount> byKind) {}

    /** How many findings of a kind there were, by its id in the catalogue. */
    public record KindCount(String kind, Severity severity, long count) {}

    /**
     * How the shops that signed up in the period became ready; times are milliseconds from signup to ready, absent
     * where no shop became ready.
     *
     * @param signups how many signed up
     * @param ready how many of them became ready, also after the period
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Provisioning(
            long signups,
            long ready,
            Optional<Long> p50Millis,
            Optional<Long> p95Millis,
            Optional<Long> p99Millis,
            Optional<Long> maxMillis) {}
}
