package io.shopsync.orchestrator.replication.jobs;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.eventing.Outbox;
import io.shopsync.orchestrator.platform.Jdbc;
import io.shopsync.orchestrator.replication.jobs.JobRecord.Counts;
import io.shopsync.orchestrator.replication.pair.Direction;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.PairState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is known of jobs. A record goes with its pair. */
@ApplicationScoped
public class JobRecords {

    private static final String OF_PAIR = " where physical_name = ? and target = ? and direction = ?";
    private static final String FIND = "select * from replication_job" + OF_PAIR;

    /** Nothing is written of a pair that was forgotten or paused meanwhile. */
    private static final String WRITTEN = """
            insert into replication_job as job (physical_name, target, direction, fingerprint, births)
            select physical_name, target, direction, ?, ? from replication_pair
            where physical_name = ? and target = ? and direction = ? and not paused
            for share
            on conflict (physical_name, target, direction) do update set
                fingerprint = excluded.fingerprint, births = excluded.births, written_at = now(), moved_at = now(),
                through_seq = case when job.births = excluded.births then job.through_seq end,
                head_seq = case when job.births = excluded.births then job.head_seq end,
                judged_seq = case when job.births = excluded.births then job.judged_seq end,
                documents_read = case when job.births = excluded.births then job.documents_read else 0 end,
                documents_written = case when job.births = excluded.births then job.documents_written else 0 end,
                documents_refused = case when job.births = excluded.births then job.documents_refused else 0 end
            returning *
            """;

    private static final String LOOKED = """
            update replication_job set checkpoint = ?, through_seq = ?, head_seq = ?, judged_seq = ?, moved_at = ?,
                behind_since = ?, documents_read = ?, documents_written = ?, documents_refused = ?
            """ + OF_PAIR;
    private static final String FORGET = "delete from replication_job" + OF_PAIR;
    private static final String ANY = "select 1 from replication_job limit 1";
    private static final String CHECKPOINTS =
            "select checkpoint from replication_job where physical_name = ? and checkpoint is not null";
    private static final String ALL = """
            select job.physical_name, job.target, job.direction, job.documents_refused, pair.state, pair.paused
            from replication_job as job join replication_pair as pair using (physical_name, target, direction)
            """;

    private final Jdbc jdbc;
    private final Outbox outbox;

    JobRecords(Jdbc jdbc, Outbox outbox) {
        this.jdbc = jdbc;
        this.outbox = outbox;
    }

    /** A job beside the state of its pair. */
    record Kept(PairId pair, PairState state, boolean paused, long refused) {}

    /** Ids of the checkpoints that our jobs leave in a database, without {@code _local/}: they are no device's. */
    @Transactional
    public Set<String> checkpoints(ShopDatabase database) {
        return new HashSet<>(jdbc.query(CHECKPOINTS, row -> row.getString(1), database.physicalName()));
    }

    @Transactional
    Optional<JobRecord> find(PairId pair) {
        return jdbc.first(FIND, JobRecords::read, key(pair));
    }

    /**
     * A job's document was written; what that means is told with it.
     *
     * @return empty where the pair must have no job, because it was forgotten or paused meanwhile
     */
    @Transactional
    Optional<JobRecord> written(WantedJob job, String births, List<Envelope<?>> told) {
        var pair = job.pair();
        outbox.publish(told);
        return jdbc.first(
                WRITTEN,
                JobRecords::read,
                job.fingerprint(),
                births,
                pair.database().physicalName(),
                pair.target(),
                pair.direction().name());
    }

    @Transactional
    void looked(JobRecord job) {
        jdbc.update(
                LOOKED,
                job.checkpoint().orElse(null),
                job.through().orElse(null),
                job.head().orElse(null),
                job.judged().orElse(null),
                job.movedAt(),
                job.behindSince().orElse(null),
                job.counts().read(),
                job.counts().written(),
                job.counts().refused(),
                job.pair().database().physicalName(),
                job.pair().target(),
                job.pair().direction().name());
    }

    @Transactional
    void forget(PairId pair) {
        jdbc.update(FORGET, key(pair));
    }

    /** Whether there is any job. */
    @Transactional
    boolean any() {
        return jdbc.first(ANY, _ -> true).isPresent();
    }

    /** All of them; it spans all shops. */
    @Transactional
    List<Kept> all() {
        return jdbc.query(
                ALL,
                row -> new Kept(
                        pair(row),
                        PairState.valueOf(row.getString("state")),
                        row.getBoolean("paused"),
                        row.getLong("documents_refused")));
    }

    private static Object[] key(PairId pair) {
        return new Object[] {
            pair.database().physicalName(), pair.target(), pair.direction().name()
        };
    }

    private static PairId pair(ResultSet row) throws SQLException {
        return new PairId(
                ShopDatabase.parse(row.getString("physical_name")).orElseThrow(),
                row.getString("target"),
                Direction.valueOf(row.getString("direction")));
    }

    private static JobRecord read(ResultSet row) throws SQLException {
        return new JobRecord(
                pair(row),
                row.getString("fingerprint"),
                row.getString("births"),
                Jdbc.instant(row, "written_at").orElseThrow(),
                Optional.ofNullable(row.getString("checkpoint")),
                Optional.ofNullable(row.getString("through_seq")),
                Optional.ofNullable(row.getString("head_seq")),
                Optional.ofNullable(row.getString("judged_seq")),
                Jdbc.instant(row, "moved_at").orElseThrow(),
                Jdbc.instant(row, "behind_since"),
                new Counts(
                        row.getLong("documents_read"),
                        row.getLong("documents_written"),
                        row.getLong("documents_refused")));
    }
}
