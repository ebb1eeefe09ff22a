package io.shopsync.orchestrator.desired;

import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.ReasonCode;
import java.time.Instant;
import java.util.Optional;

/**
 * A worker's right to work on a shop, until its lease ends.
 *
 * @param desired the shop as it was wished when claimed
 * @param number grows with each claim of the shop: a worker whose number is no longer the shop's has lost its lease
 * @param revision of the shop's row: another one at the end means that the shop is due anew
 * @param attempt which claim this is since the last wish, request or success, from 1
 * @param observedGeneration the last wish that CouchDB was made to match; zero for none
 * @param appliedPolicy fingerprint of the rules that CouchDB was made to match
 * @param failed whether the last attempt ended for a reason that repeating does not mend
 * @param lastReason why the last attempt ended, where it did not succeed
 * @param purged whether the databases of the deleted shop were dropped
 */
public record Claim(
        DesiredShop desired,
        long number,
        long revision,
        int attempt,
        long observedGeneration,
        Optional<String> appliedPolicy,
        boolean failed,
        Optional<String> lastReason,
        boolean purged) {

    /** The shop it is about. */
    public ShopId shop() {
        return desired.shop();
    }

    /** Whether a wish waits, as against a look at what should be as it is. */
    public boolean wishWaits() {
        return observedGeneration < desired.wish().generation();
    }

    /** Whether nobody has ever worked on the shop before. */
    public boolean isFirstEver() {
        return number == 1;
    }

    /** Whether the shop has waited for the same reason before. */
    public boolean waitedFor(ReasonCode reason) {
        return lastReason.equals(Optional.of(reason.name()));
    }

    /** Whether databases of an earlier shop with this id must go first. */
    public boolean startsAfresh() {
        return desired.startsAfresh(observedGeneration);
    }

    /** Whether the databases of a deleted shop are to be dropped now, which they were not before. */
    public boolean purgeDue(Instant now) {
        return !purged && desired.wanted() instanceof Wanted.Deleted deleted && deleted.purgeDue(now);
    }
}
