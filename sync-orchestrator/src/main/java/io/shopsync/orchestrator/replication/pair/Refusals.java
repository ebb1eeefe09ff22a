package io.shopsync.orchestrator.replication.pair;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The revisions that were not copied: none is forgotten before it is at the target, or gone from the source. One that was
 * refused is tried again with later runs, after pauses that double; after a few tries it is parked until the guard
 * changes or somebody asks.
 */
@ApplicationScoped
public class Refusals {

    private static final int TRIES = 5;

    private static final String NOTE = """
            insert into refused_document as refused (
                physical_name, target, direction, document_id, revision, side, cause, error, reason, state, guard)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (physical_name, target, direction, md5(document_id), md5(revision)) do update set
                side = excluded.side, cause = excluded.cause, error = excluded.error, reason = excluded.reason,
                guard = excluded.guard, attempts = refused.attempts + 1, tried_at = now(),
                state = case when refused.attempts + 1 >= ? then 'PARKED' else excluded.state end
            """;

    private static final String OF_PAIR = "where physical_name = ? and target = ? and direction = ? ";

    private static final String DUE = "select distinct document_id from refused_document " + OF_PAIR + """
            and (guard <> ? or (state = 'REFUSED'
                and tried_at + ? * power(2, attempts - 1) * interval '1 millisecond' <= now()))
            limit ?
            """;

    /** What was refused again just now has another time of its last try. */
    private static final String SETTLE = "delete from refused_document " + OF_PAIR + """
            and document_id = any(?) and tried_at < now() - ? * interval '1 millisecond'
            """;

    private static final String STAND = """
            select count(*) as all_of_them, count(*) filter (where state = 'REFUSED') as tried_again
            from refused_document
            """ + OF_PAIR;

    private static final String RELEASE = "update refused_document set guard = '' " + OF_PAIR;
    private static final String FORGET = "delete from refused_document " + OF_PAIR;
    private static final String OUTDATED = "select distinct physical_name from refused_document where guard <> ?";

    private static final String PAGE = """
            select refused.* from refused_document as refused
                join replication_pair as pair using (physical_name, target, direction)
            where pair.shop = ? and (physical_name, target, direction, document_id, revision) > (?, ?, ?, ?, ?)
            order by physical_name, target, direction, document_id, revision
            limit ?
            """;

    private final Jdbc jdbc;

    Refusals(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** What is refused of a pair: all, and those of them that are tried again by themselves. */
    public record Stand(long all, long triedAgain) {}

    /** A revision as it was refused. */
    public record Note(
            String documentId, String revision, String side, String cause, String error, String reason, boolean park) {

        /** Postgres holds no U+0000, which CouchDB takes even in ids. */
        public Note {
            documentId = documentId.replace('\0', '\ufffd');
            error = error.replace('\0', '\ufffd');
            reason = reason.replace('\0', '\ufffd');
        }
    }

    /**
     * Notes refused revisions, in the caller's transaction or one of its own.
     *
     * @param guard fingerprint of the rules under which they were tried
     */
    @Transactional
    public void note(PairId pair, List<Note> notes, String guard) {
        jdbc.batch(
                NOTE,
                notes.stream()
                        .map(note -> new Object[] {
                            pair.database().physicalName(),
                            pair.target(),
                            pair.direction().name(),
                            note.documentId(),
                            note.revision(),
                            note.side(),
                            note.cause(),
                            note.error(),
                            note.reason(),
                            note.park() ? "PARKED" : "REFUSED",
                            guard,
                            TRIES
                        })
                        .toList());
    }

    /** Documents to try again now, at most {@code limit}. */
    @Transactional
    public List<String> due(PairId pair, String guard, Duration firstPause, int limit) {
        return jdbc.query(
                DUE,
                row -> row.getString(1),
                pair.database().physicalName(),
                pair.target(),
                pair.direction().name(),
                guard,
                firstPause.toMillis(),
                limit);
    }

    /** Documents that were tried again: those that were not noted anew within {@code since} are copied or gone. */
    @Transactional
    public void settle(PairId pair, Collection<String> documentIds, Duration since) {
        jdbc.update(
                SETTLE,
                pair.database().physicalName(),
                pair.target(),
                pair.direction().name(),
                documentIds.toArray(String[]::new),
                since.toMillis());
    }

    /** How much of a pair is refused. */
    @Transactional
    public Stand of(PairId pair) {
        return jdbc.first(
                        STAND,
                        row -> new Stand(row.getLong(1), row.getLong(2)),
                        pair.database().physicalName(),
                        pair.target(),
                        pair.direction().name())
                .orElseThrow();
    }

    /** Has everything of a pair tried again with its next run. */
    @Transactional
    public void release(PairId pair) {
        jdbc.update(
                RELEASE,
                pair.database().physicalName(),
                pair.target(),
                pair.direction().name());
    }

    /** A pair begins from the start: what is still refused will be told anew. */
    @Transactional
    public void forget(PairId pair) {
        jdbc.update(
                FORGET,
                pair.database().physicalName(),
                pair.target(),
                pair.direction().name());
    }

    /** Databases with revisions that were tried under other rules than these. */
    @Transactional
    public List<ShopDatabase> triedUnderOtherRulesThan(String guard) {
        return jdbc.query(OUTDATED, row -> ShopDatabase.parse(row.getString(1)), guard).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Where a list is continued. */
    public record Key(String physicalName, String target, String direction, String documentId, String revision) {

        /** Before all others. */
        static final Key FIRST = new Key("", "", "", "", "");
    }

    /** A page of a shop's, after the last one of the page before. */
    @Transactional
    public List<Refusal> page(ShopId shop, Optional<Key> after, int limit) {
        var key = after.orElse(Key.FIRST);
        return jdbc.query(
                PAGE,
                Refusals::read,
                shop.value(),
                key.physicalName(),
                key.target(),
                key.direction(),
                key.documentId(),
                key.revision(),
                limit);
    }

    private static Refusal read(ResultSet row) throws SQLException {
        return new Refusal(
                Pairs.id(row),
                row.getString("document_id"),
                row.getString("revision"),
                row.getString("side"),
                row.getString("cause"),
                row.getString("error"),
                row.getString("reason"),
                "PARKED".equals(row.getString("state")),
                row.getInt("attempts"),
                Jdbc.instant(row, "refused_at").orElseThrow(),
                Jdbc.instant(row, "tried_at").orElseThrow());
    }
}
