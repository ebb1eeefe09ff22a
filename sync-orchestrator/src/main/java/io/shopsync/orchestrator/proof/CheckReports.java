package io.shopsync.orchestrator.proof;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.IsolationEvent;
import io.shopsync.contracts.isolation.IsolationEvent.CheckVerdict;
import io.shopsync.contracts.isolation.IsolationEvent.IsolationChecked;
import io.shopsync.orchestrator.proof.Report.Tally;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What is told of a check once it is over: one event a shop, with who asked for it. */
final class CheckReports {

    private static final String SOURCE = "/sync-orchestrator/proof";

    private CheckReports() {}

    /** What it came to; nothing about shops that were deleted before they were looked at. */
    static List<Envelope<?>> done(Check check, List<ShopResult> results, Instant now) {
        return results.stream()
                .filter(result -> !result.attempts().isEmpty())
                .<Envelope<?>>map(result -> envelope(check, checked(check, result), now))
                .toList();
    }

    /** That it was given up, to each of its shops; to nobody's where it did not come so far as to know them. */
    static List<Envelope<?>> givenUp(Check check, Collection<ShopId> shops, Instant now) {
        var concerned = shops.isEmpty() ? List.of(check.shop().orElse(IsolationEvent.NOBODY)) : shops;
        return concerned.stream()
                .<Envelope<?>>map(shop ->
                        envelope(check, new IsolationChecked(shop, check.id(), CheckVerdict.GIVEN_UP, 0, 0), now))
                .toList();
    }

    private static IsolationChecked checked(Check check, ShopResult result) {
        var attempts = result.attempts();
        return new IsolationChecked(
                result.part().shop(),
                check.id(),
                verdict(result.part().verdict()),
                attempts.stream().mapToInt(Tally::tried).sum(),
                attempts.stream().mapToInt(Tally::unexpected).sum());
    }

    private static CheckVerdict verdict(Verdict verdict) {
        return switch (verdict) {
            case ISOLATED -> CheckVerdict.ISOLATED;
            case UNCLEAR -> CheckVerdict.UNCLEAR;
            case VIOLATED -> CheckVerdict.VIOLATED;
        };
    }

    private static Envelope<?> envelope(Check check, IsolationChecked event, Instant now) {
        return Envelope.of(SOURCE, now, event).askedBy(check.requestedBy());
    }
}
