package io.shopsync.orchestrator.proof;

import io.shopsync.contracts.ShopId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A check that was asked for.
 *
 * @param shop empty for all shops
 * @param claim grows with each claim: a worker whose number is no longer the row's has lost it
 * @param failure why it was given up, or why it was taken up again
 */
record Check(
        UUID id,
        Optional<ShopId> shop,
        String requestedBy,
        Instant requestedAt,
        CheckState state,
        long claim,
        int attempt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<Verdict> verdict,
        Optional<String> failure,
        int shops,
        int checked) {}
