package io.shopsync.orchestrator.replication.pair;

import java.time.Instant;

/**
 * A revision that was not copied.
 *
 * @param side {@code SOURCE} where it could not be read, {@code TARGET} where it was not taken
 * @param cause {@code FORBIDDEN}, {@code TOO_LARGE}, {@code INVALID}, …
 * @param error CouchDB's word
 * @param reason CouchDB's or the guard's words
 * @param parked whether it waits for the guard to change or for someone to ask, as against for the next run
 * @param attempts how often it was tried
 */
public record Refusal(
        PairId pair,
        String documentId,
        String revision,
        String side,
        String cause,
        String error,
        String reason,
        boolean parked,
        int attempts,
        Instant refusedAt,
        Instant triedAt) {}
