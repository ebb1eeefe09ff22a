package io.shopsync.orchestrator.attempts;

import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.IsolationEvent.FindingEnded;
import io.shopsync.contracts.isolation.IsolationEvent.FindingRaised;
import io.shopsync.contracts.isolation.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Attempts that belong together, which one finding is raised for. Times are the log's.
 *
 * @param id of the event that raises the finding
 * @param minuteBegan when the minute that is being counted began
 * @param thisMinute requests in it
 * @param rapid whether there were more than the limit in a minute
 * @param continues the finding of the burst that this one was when it was slower
 * @param told how many requests the finding spoke of; zero before it was raised
 */
record Burst(
        UUID id,
        Attempt.Key who,
        ShopId shop,
        Instant first,
        Instant last,
        long requests,
        SortedSet<String> methods,
        Instant minuteBegan,
        int thisMinute,
        boolean rapid,
        Optional<UUID> continues,
        long told) {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    static Burst begin(Attempt attempt) {
        return new Burst(
                UUID.randomUUID(),
                attempt.who(),
                attempt.shop(),
                attempt.time(),
                attempt.time(),
                1,
                new TreeSet<>(attempt.method().stream().toList()),
                attempt.time(),
                1,
                false,
                Optional.empty(),
                0);
    }

    /** Whether the attempt belongs to this burst rather than to the next. */
    boolean takes(Attempt attempt, AttemptsConfig config) {
        return attempt.time().isBefore(last.plus(config.quiet()))
                && attempt.time().isBefore(first.plus(config.longest()));
    }

    /** The burst with one attempt more. */
    Burst with(Attempt attempt, int perMinute) {
        boolean sameMinute = attempt.time().isBefore(minuteBegan.plus(MINUTE));
        var count = sameMinute ? thisMinute + 1 : 1;
        var allMethods = new TreeSet<>(methods);
        attempt.method().ifPresent(allMethods::add);
        return new Burst(
                id,
                who,
                shop,
                attempt.time().isBefore(first) ? attempt.time() : first,
                attempt.time().isAfter(last) ? attempt.time() : last,
                requests + 1,
                allMethods,
                sameMinute ? minuteBegan : attempt.time(),
                count,
                rapid || count > perMinute,
                continues,
                told);
    }

    /** A finding is never changed: what gets rapid after it was told goes on as a burst of its own, more severe. */
    Burst goOnRapidly(Attempt attempt) {
        return new Burst(
                UUID.randomUUID(),
                who,
                shop,
                attempt.time(),
                attempt.time(),
                1,
                begin(attempt).methods(),
                attempt.time(),
                1,
                true,
                Optional.of(id),
                0);
    }

    /** Whether it is a finding by now. */
    boolean counts(int unprovenFrom) {
        return rapid || who.kind() != FindingKind.UNPROVEN_ATTEMPT || requests >= unprovenFrom;
    }

    /** Whether there is more to say than was told when the finding was raised. */
    boolean grewSinceTold() {
        return told > 0 && requests > told;
    }

    FindingRaised raised() {
        var kind = who.kind();
        return new FindingRaised(
                shop,
                kind,
                severity(),
                Optional.of(who.target()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                kind == FindingKind.UNPROVEN_ATTEMPT ? Optional.empty() : Optional.of(who.login()),
                "refused",
                Optional.empty(),
                details());
    }

    FindingEnded ended() {
        return new FindingEnded(shop, id, who.kind(), Optional.of(who.target()), details());
    }

    private Severity severity() {
        var usual = who.kind().severity();
        return rapid ? usual.raised() : usual;
    }

    private Map<String, String> details() {
        var details = new TreeMap<String, String>();
        details.put("address", who.address());
        details.put("requests", Long.toString(requests));
        details.put("firstAt", first.toString());
        details.put("lastAt", last.toString());
        if (!methods.isEmpty()) {
            details.put("methods", String.join(" ", methods));
        }
        if (who.kind() == FindingKind.UNPROVEN_ATTEMPT) {
            details.put("claimedLogin", who.login());
        }
        continues.ifPresent(before -> details.put("continues", before.toString()));
        return details;
    }
}
