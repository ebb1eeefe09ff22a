package io.shopsync.orchestrator.replication.pair;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;

/** Keeps account of the runs of pairs. */
@ApplicationScoped
public class PairLedger {

    private static final String REFUSED_NOW = """
            (select count(*) from refused_document as refused
             where refused.physical_name = pair.physical_name and refused.target = pair.target
                 and refused.direction = pair.direction) as refused_now
            """;

    private static final String MAY_RUN =
            "not pair.paused and (pair.next_attempt_at is null or pair.next_attempt_at <= now())";

    private static final String BEGIN = """
            insert into replication_pair as pair (physical_name, target, direction, shop, engine, state)
            values (?, ?, ?, ?, ?, 'SYNCING')
            on conflict (physical_name, target, direction) do update set
                engine = excluded.engine,
                state = case when %1$s then 'SYNCING' else pair.state end,
                state_since = case when %1$s then now() else pair.state_since end
            returning pair.*, %2$s
            """.formatted(MAY_RUN, REFUSED_NOW);

    private static final String END = """
            update replication_pair set
                state = case when paused then 'PAUSED' else ? end,
                state_since = now(),
                attempt = case when ? then attempt + 1 else 0 end,
                next_attempt_at = now() + ? * interval '1 millisecond',
                last_run_at = now(),
                last_sync_at = case when ? then now() else last_sync_at end,
                last_error = ?,
                last_error_detail = ?,
                last_error_at = case when ? then now() end,
                pending = ?,
                source_seq = coalesce(?, source_seq),
                runs = runs + ?,
                documents_read = documents_read + ?,
                documents_written = documents_written + ?,
                documents_refused = documents_refused + ?,
                bytes = bytes + ?,
                busy_millis = busy_millis + ?
            where physical_name = ? and target = ? and direction = ?
            """;

    private static final String GOES_ON = """
            select 1 from replication_pair where physical_name = ? and target = ? and direction = ? and not paused
            """;
    private static final String RESET_DONE = """
            update replication_pair set reset_requested = false, source_seq = null
            where physical_name = ? and target = ? and direction = ?
            """;
    private static final String FORGET_SHOP = "delete from replication_pair where shop = ?";
    private static final String FORGET_TARGET = "delete from replication_pair where shop = ? and target = ?";
    private static final String FORGET_DATABASE = "delete from replication_pair where physical_name = ?";

    private final Jdbc jdbc;

    PairLedger(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** A run is to begin: the pair, made where it is new, and now syncing unless it is paused or waits out a failure. */
    @Transactional
    public Pair begin(PairId id, EngineKind engine) {
        return jdbc.first(
                        BEGIN,
                        Pairs::read,
                        id.database().physicalName(),
                        id.target(),
                        id.direction().name(),
                        id.database().shop().value(),
                        engine.name())
                .orElseThrow();
    }

    /** A run has ended; without effect where the pair was forgotten meanwhile. */
    @Transactional
    public void end(PairId id, RunEnd end) {
        var did = end.did();
        jdbc.update(
                END,
                end.state().name(),
                end.reason().isPresent() && !end.caughtUp(),
                end.retryIn().map(Duration::toMillis).orElse(null),
                end.caughtUp(),
                end.reason().map(Enum::name).orElse(null),
                end.reason().map(_ -> end.detail()).orElse(null),
                end.reason().isPresent(),
                end.pending().isPresent() ? end.pending().getAsLong() : null,
                end.sourceSeq().orElse(null),
                did.runs(),
                did.read(),
                did.written(),
                did.refused(),
                did.bytes(),
                did.busy().toMillis(),
                id.database().physicalName(),
                id.target(),
                id.direction().name());
    }

    /** Whether a run may go on: the pair was neither paused nor forgotten. */
    @Transactional
    public boolean goesOn(PairId id) {
        return jdbc.first(
                        GOES_ON,
                        _ -> true,
                        id.database().physicalName(),
                        id.target(),
                        id.direction().name())
                .isPresent();
    }

    /** The checkpoint was reset as asked. */
    @Transactional
    public void resetDone(PairId id) {
        jdbc.update(
                RESET_DONE,
                id.database().physicalName(),
                id.target(),
                id.direction().name());
    }

    /** There is nothing to replicate of the shop any more. */
    @Transactional
    public void forget(ShopId shop) {
        jdbc.update(FORGET_SHOP, shop.value());
    }

    /** The shop has that target no more. */
    @Transactional
    public void forget(ShopId shop, String target) {
        jdbc.update(FORGET_TARGET, shop.value(), target);
    }

    /** There is no such database any more. */
    @Transactional
    public void forget(ShopDatabase database) {
        jdbc.update(FORGET_DATABASE, database.physicalName());
    }

    private static final String PAUSE =
            "update replication_pair set paused = true, state = 'PAUSED', state_since = now() " + Choice.WHERE;
    private static final String RESUME = """
            update replication_pair set
                paused = false, attempt = 0, next_attempt_at = null,
                state = case when state = 'PAUSED' then 'WAITING' else state end, state_since = now()
            """ + Choice.WHERE;
    private static final String HASTEN =
            "update replication_pair set attempt = 0, next_attempt_at = null " + Choice.WHERE;
    private static final String RESET =
            "update replication_pair set reset_requested = true, attempt = 0, next_attempt_at = null " + Choice.WHERE;
    private static final String RETURNING = " returning physical_name, target, direction";

    /** What may be asked of pairs. */
    public enum Ask {
        /** No run any more; one that is under way ends soon. */
        PAUSE,
        /** Runs again. */
        RESUME,
        /** Does not wait out a failure. */
        HASTEN,
        /** The next run begins from the start. */
        RESET
    }

    /** Asks it of all pairs chosen, and returns them. */
    @Transactional
    public List<PairId> ask(Ask what, Choice choice) {
        var sql = switch (what) {
            case PAUSE -> PAUSE;
            case RESUME -> RESUME;
            case HASTEN -> HASTEN;
            case RESET -> RESET;
        };
        return jdbc.query(sql + RETURNING, Pairs::id, choice.arguments());
    }
}
