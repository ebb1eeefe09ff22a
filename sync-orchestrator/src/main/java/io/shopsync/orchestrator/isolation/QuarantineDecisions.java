package io.shopsync.orchestrator.isolation;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.isolation.IsolationEvent;
import io.shopsync.contracts.isolation.IsolationEvent.QuarantineDiscarded;
import io.shopsync.contracts.isolation.IsolationEvent.QuarantineReleased;
import io.shopsync.eventing.Outbox;
import io.shopsync.orchestrator.isolation.QuarantineEntry.Decision;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What people decide about quarantined documents: noted before it is done, published in the transaction that notes its
 * end. A document leaves a state once, whoever else tries at the same time.
 */
@ApplicationScoped
class QuarantineDecisions {

    private static final String ONE = "select * from quarantined_document where id = ?";

    private static final String LEAVES = """
            select one.* from quarantined_document as one join quarantined_document as asked
                on one.physical_name = asked.physical_name and one.document_id = asked.document_id
                and one.found_shop_id is not distinct from asked.found_shop_id and one.deleted = asked.deleted
            where asked.id = ? and one.state = 'SETTLED'
            order by one.id
            """;
    private static final String RELEASING = """
            update quarantined_document set
                state = 'RELEASING', release_to = ?, released_into = ?, decided_by = ?, decided_at = now()
            where id = any(?) and state = 'SETTLED' returning *
            """;

    private static final String DISCARDING = """
            update quarantined_document set state = 'DISCARDING', reason = ?, decided_by = ?, decided_at = now()
            where id = ? and state = 'SETTLED' returning *
            """;
    private static final String DONE = "update quarantined_document set state = ? where id = ? and state = ?";

    private static final String UNDONE = """
            update quarantined_document set
                state = 'SETTLED', release_to = null, released_into = null, decided_by = null, decided_at = null
            where id = ? and state = 'RELEASING'
            """;
    private static final String CUT_OFF = """
            select * from quarantined_document
            where state in ('RELEASING', 'DISCARDING') and decided_at < now() - ? * interval '1 millisecond'
            order by decided_at limit ?
            """;

    private final Jdbc jdbc;
    private final Outbox outbox;

    QuarantineDecisions(Jdbc jdbc, Outbox outbox) {
        this.jdbc = jdbc;
        this.outbox = outbox;
    }

    Optional<QuarantineEntry> find(UUID id) {
        return jdbc.first(ONE, QuarantineDecisions::entry, id);
    }

    /** The document and all its other leaf revisions that await a decision and carry the same shop's id. */
    List<QuarantineEntry> leaves(UUID id) {
        return jdbc.query(LEAVES, QuarantineDecisions::entry, id);
    }

    /** Notes that documents are to be released; returns those that still awaited a decision. */
    @Transactional
    List<QuarantineEntry> release(List<QuarantineEntry> entries, ReleaseTo to, ShopDatabase into, String by) {
        var ids = entries.stream().map(entry -> entry.document().id()).toArray(UUID[]::new);
        return jdbc.query(RELEASING, QuarantineDecisions::entry, to.name(), into.physicalName(), by, ids);
    }

    /** Notes that a document is to be discarded; empty where it no longer awaits a decision. */
    @Transactional
    Optional<QuarantineEntry> discard(UUID id, String reason, String by) {
        return jdbc.first(DISCARDING, QuarantineDecisions::entry, reason, by, id);
    }

    /** A release could not be carried out: the document awaits a decision again. */
    @Transactional
    void undo(QuarantineEntry entry) {
        jdbc.update(UNDONE, entry.document().id());
    }

    /** The decision is carried out: notes and publishes it, once. */
    @Transactional
    void done(QuarantineEntry entry) {
        var document = entry.document();
        var decision = entry.decision().orElseThrow();
        var end = entry.isDiscarded() ? QuarantineState.DISCARDED : QuarantineState.RELEASED;
        if (jdbc.update(DONE, end.name(), document.id(), entry.state().name()) == 1) {
            outbox.publish(Envelope.of(Findings.SOURCE, Instant.now(), event(document, decision))
                    .askedBy(decision.by()));
        }
    }

    /** Decisions that were noted so long ago and not carried out, the oldest first. */
    List<QuarantineEntry> cutOff(Duration since, int limit) {
        return jdbc.query(CUT_OFF, QuarantineDecisions::entry, since.toMillis(), limit);
    }

    private static IsolationEvent event(Quarantined document, Decision decision) {
        var id = document.id().toString();
        return decision.releasedInto()
                .<IsolationEvent>map(name -> new QuarantineReleased(
                        ShopDatabase.parse(name).orElseThrow().shop(), id, name, document.documentId()))
                .orElseGet(() -> new QuarantineDiscarded(
                        document.database().shop(),
                        id,
                        document.database().physicalName(),
                        document.documentId(),
                        decision.reason()));
    }

    static QuarantineEntry entry(ResultSet row) throws SQLException {
        return new QuarantineEntry(
                QuarantineRegister.quarantined(row),
                QuarantineState.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("action")),
                decision(row));
    }

    private static Optional<Decision> decision(ResultSet row) throws SQLException {
        var by = row.getString("decided_by");
        if (by == null) {
            return Optional.empty();
        }
        return Optional.of(new Decision(
                by,
                Jdbc.instant(row, "decided_at").orElseThrow(),
                Optional.ofNullable(row.getString("release_to")).map(ReleaseTo::valueOf),
                Optional.ofNullable(row.getString("released_into")),
                Optional.ofNullable(row.getString("reason"))));
    }
}
