package io.shopsync.contracts.isolation;

import io.shopsync.contracts.Event;
import io.shopsync.contracts.EventType;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What threatened a shop's isolation, and what became of it. */
public sealed interface IsolationEvent extends Event {

    /** Stands for no shop, where a finding must be about one: the subject of an event and the key of its record. */
    ShopId NOBODY = new ShopId("nobody");

    @Override
    default Topic topic() {
        return Topic.ISOLATION_FINDINGS;
    }

    /**
     * One violation.
     *
     * @param finding the kind of violation, from the catalogue
     * @param severity of this occurrence, at least the kind's own
     * @param database physical name of the database, where there is one
     * @param documentId where a document is concerned
     * @param revision of that document
     * @param foundShopId the {@code shopId} the document carried, where it carried one
     * @param actor who did it, where known
     * @param action what was done about it, a stable word such as {@code repaired} or {@code tombstoned}
     * @param quarantineId where the copy is, for a quarantined document
     * @param details what else an operator needs; never a document's body
     */
    @EventType("shopsync.isolation.finding-raised.v1")
    record FindingRaised(
            ShopId shop,
            FindingKind finding,
            Severity severity,
            Optional<String> database,
            Optional<String> documentId,
            Optional<String> revision,
            Optional<String> foundShopId,
            Optional<String> actor,
            String action,
            Optional<String> quarantineId,
            Map<String, String> details)
            implements IsolationEvent {
        public FindingRaised {
            details = Map.copyOf(details);
        }
    }

    /**
     * What is known by now of something that went on after its finding was raised, and is over.
     *
     * @param findingId the id of the event that raised it
     * @param details these take the place of the finding's own of the same names
     */
    @EventType("shopsync.isolation.finding-ended.v1")
    record FindingEnded(
            ShopId shop, UUID findingId, FindingKind finding, Optional<String> database, Map<String, String> details)
            implements IsolationEvent {
        public FindingEnded {
            details = Map.copyOf(details);
        }
    }

    /**
     * A quarantined document was given to a shop.
     *
     * @param database physical name of the database it was written to
     */
    @EventType("shopsync.isolation.quarantine-released.v1")
    record QuarantineReleased(ShopId shop, String quarantineId, String database, String documentId)
            implements IsolationEvent {}

    /**
     * A quarantined document was deleted for good.
     *
     * @param database physical name of the database it was found in
     * @param reason why, in the words of whoever asked for it
     */
    @EventType("shopsync.isolation.quarantine-discarded.v1")
    record QuarantineDiscarded(
            ShopId shop, String quarantineId, String database, String documentId, Optional<String> reason)
            implements IsolationEvent {}

    /**
     * A check of a shop's isolation that somebody asked for is over.
     *
     * @param checkId where the orchestrator has its report, which may be about other shops, too
     * @param verdict about this shop
     * @param tried how many requests for the shop's data were tried
     * @param unexpected how many of them came out otherwise than they should
     */
    @EventType("shopsync.isolation.isolation-checked.v1")
    record IsolationChecked(ShopId shop, UUID checkId, CheckVerdict verdict, int tried, int unexpected)
            implements IsolationEvent {}

    /** What a check of isolation came to. */
    enum CheckVerdict {
        /** Everything came out as it should. */
        ISOLATED,
        /** Something had no clear answer, so nothing is proven. */
        UNCLEAR,
        /** Someone got in, or something was not as it should be. */
        VIOLATED,
        /** It was not brought to its end. */
        GIVEN_UP
    }
}
