package io.shopsync.orchestrator.desired;

import java.time.Instant;
import java.util.Optional;

/**
 * A shop as it is wished, and how far CouchDB has followed.
 *
 * @param observedGeneration the last wish that CouchDB was made to match; zero for none
 * @param settledAt when CouchDB was last seen to match
 * @param nextLook when the shop is due; empty where nothing is left to look after
 * @param attempt claims since the last wish, request or success
 * @param failed whether repeating does not help
 * @param reason why a wish is not fulfilled, where that is known
 * @param worker who works on it now
 */
public record ShopStatus(
        DesiredShop desired,
        long observedGeneration,
        Optional<Instant> settledAt,
        Optional<Instant> nextLook,
        int attempt,
        boolean failed,
        Optional<Reason> reason,
        Optional<String> worker,
        boolean purged) {

    /** Why a wish waits: a stable code, and words for people. */
    public record Reason(String code, String detail) {}

    /** Whether CouchDB was made to match the last wish. */
    public boolean settled() {
        return observedGeneration == desired.wish().generation();
    }
}
