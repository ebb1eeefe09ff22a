package io.shopsync.orchestrator.desired;

import io.shopsync.contracts.sync.ReasonCode;
import java.time.Duration;
import java.util.Optional;

/** What became of a claim, and when the shop is due again. */
public sealed interface Outcome {

    /**
     * CouchDB matches the wish.
     *
     * @param policy fingerprint of the rules it matches
     * @param purged whether the databases of the deleted shop are dropped
     * @param nextLook until the next routine look; empty where nothing is left to look after
     */
    record Settled(String policy, boolean purged, Optional<Duration> nextLook) implements Outcome {}

    /** Something that passes stood in the way. */
    record Delayed(ReasonCode reason, String detail, Duration retryIn) implements Outcome {}

    /** Something that repeating does not mend stood in the way. The full pass tries again all the same. */
    record Failed(ReasonCode reason, String detail, Duration nextLook) implements Outcome {}
}
