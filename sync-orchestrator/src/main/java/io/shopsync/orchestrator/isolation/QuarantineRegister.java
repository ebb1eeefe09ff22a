package io.shopsync.orchestrator.isolation;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What became of each quarantined document: the way between its copy and its report survives a crash. */
@ApplicationScoped
class QuarantineRegister {

    private static final String COPIED = """
            insert into quarantined_document
                (id, shop, physical_name, document_id, revision, deleted, finding, found_shop_id, sha256, state)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'COPIED')
            on conflict (id) do update set
                state = 'COPIED', found_at = now(), action = null, release_to = null, released_into = null,
                reason = null, decided_by = null, decided_at = null
            where quarantined_document.state in ('RELEASED', 'DISCARDED')
                or quarantined_document.state = 'SETTLED' and quarantined_document.action <> ?
            """;
    private static final String UNSETTLED = """
            select * from quarantined_document where physical_name = ? and state = 'COPIED' order by found_at limit ?
            """;
    private static final String SETTLED =
            "update quarantined_document set state = 'SETTLED', action = ? where id = ? and state = 'COPIED' returning id";

    private final Jdbc jdbc;

    QuarantineRegister(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Notes that the copies are stored. One that is being dealt with, or that was to stay where it is, is left as it is;
     * one that was removed and is there again is dealt with anew.
     */
    @Transactional
    void copied(Collection<Violation> violations) {
        jdbc.batch(COPIED, violations.stream().map(QuarantineRegister::row).toList());
    }

    /** Documents of the database whose copy is stored and of which nothing is reported yet, at most {@code limit}. */
    List<Quarantined> unsettled(ShopDatabase database, int limit) {
        return jdbc.query(UNSETTLED, QuarantineRegister::quarantined, database.physicalName(), limit);
    }

    /** Notes what was done, in the transaction that reports it; returns those that were not settled before. */
    @Transactional(TxType.MANDATORY)
    List<UUID> settled(Map<Quarantined, String> actions) {
        return actions.entrySet().stream()
                .flatMap(
                        entry -> jdbc
                                .query(
                                        SETTLED,
                                        row -> row.getObject(1, UUID.class),
                                        entry.getValue(),
                                        entry.getKey().id())
                                .stream())
                .toList();
    }

    static Quarantined quarantined(ResultSet row) throws SQLException {
        var name = row.getString("physical_name");
        return new Quarantined(
                row.getObject("id", UUID.class),
                ShopDatabase.parse(name).orElseThrow(() -> new IllegalStateException(name)),
                row.getString("document_id"),
                row.getString("revision"),
                row.getBoolean("deleted"),
                FindingKind.byId(row.getString("finding")),
                Optional.ofNullable(row.getString("found_shop_id")),
                row.getString("sha256"),
                row.getObject("found_at", OffsetDateTime.class).toInstant());
    }

    private static Object[] row(Violation violation) {
        return new Object[] {
            violation.id(),
            violation.database().shop().value(),
            violation.database().physicalName(),
            violation.documentId(),
            violation.revision(),
            violation.deleted(),
            violation.kind().id(),
            violation.foundShopId().orElse(null),
            violation.sha256(),
            RemovalPolicy.REPORT_ONLY.action()
        };
    }
}
