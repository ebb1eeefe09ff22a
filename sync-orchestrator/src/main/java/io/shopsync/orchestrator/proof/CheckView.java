package io.shopsync.orchestrator.proof;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.shopsync.contracts.ShopId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A check as the API shows it.
 *
 * @param shop absent for all shops
 * @param shops how many there are to look at; 0 until the check has begun
 * @param checked how many of them are looked at
 * @param failure why it was given up, or why it was last taken up again
 */
@Schema(name = "IsolationCheck")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record CheckView(
        UUID id,
        Optional<ShopId> shop,
        CheckState state,
        String requestedBy,
        Instant requestedAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        int shops,
        int checked,
        Optional<Verdict> verdict,
        Optional<String> failure) {

    static CheckView of(Check check) {
        return new CheckView(
                check.id(),
                check.shop(),
                check.state(),
                check.requestedBy(),
                check.requestedAt(),
                check.startedAt(),
                check.finishedAt(),
                check.shops(),
                check.checked(),
                check.verdict(),
                check.failure());
    }
}
