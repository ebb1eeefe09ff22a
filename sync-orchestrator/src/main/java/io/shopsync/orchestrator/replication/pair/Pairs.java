package io.shopsync.orchestrator.replication.pair;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.ReplicationReason;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks at pairs. */
@ApplicationScoped
public class Pairs {

    static final String SELECT = """
            select pair.*, (select count(*) from refused_document as refused
                            where refused.physical_name = pair.physical_name and refused.target = pair.target
                                and refused.direction = pair.direction) as refused_now
            from replication_pair as pair
            """;
    private static final String ONE = SELECT + "where physical_name = ? and target = ? and direction = ?";
    private static final String OF_SHOP = SELECT + "where shop = ? order by physical_name, target, direction";
    private static final String OF_DATABASE = SELECT + "where physical_name = ? order by target, direction";

    private static final String CHOSEN =
            "select physical_name, target, direction from replication_pair " + Choice.WHERE + " order by 1, 2, 3";
    private static final String STAND = """
            select count(*) as all_of_them,
                   count(*) filter (where not paused and not reset_requested and last_run_at >= ?
                                        and state not in ('WAITING', 'SYNCING')) as ran,
                   count(*) filter (where paused) as paused,
                   count(*) filter (where state in ('RETRYING', 'FAILED', 'PARKED')) as troubled
            from replication_pair
            """ + Choice.WHERE;

    private final Jdbc jdbc;

    Pairs(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** A pair, unless it was never due. */
    public Optional<Pair> find(PairId id) {
        return jdbc.first(
                ONE,
                Pairs::read,
                id.database().physicalName(),
                id.target(),
                id.direction().name());
    }

    /** All pairs of a shop, by database, target and direction. */
    public List<Pair> of(ShopId shop) {
        return jdbc.query(OF_SHOP, Pairs::read, shop.value());
    }

    /** All pairs of a database, by target and direction. */
    public List<Pair> of(ShopDatabase database) {
        return jdbc.query(OF_DATABASE, Pairs::read, database.physicalName());
    }

    /** The pairs that are meant, by database, target and direction. */
    public List<PairId> chosen(Choice choice) {
        return jdbc.query(CHOSEN, Pairs::id, choice.arguments());
    }

    /**
     * How many pairs there are.
     *
     * @param ran those of them that are not paused and ran to an end since
     */
    public record Stand(long all, long ran, long paused, long troubled) {}

    /** How the pairs that are meant stand, as of this time. */
    public Stand stand(Choice choice, Instant since) {
        var arguments = new ArrayList<Object>(List.of(since));
        Collections.addAll(arguments, choice.arguments());
        return jdbc.first(
                        STAND,
                        row -> new Stand(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                        arguments.toArray())
                .orElseThrow();
    }

    static Pair read(ResultSet row) throws SQLException {
        var pending = row.getObject("pending", Long.class);
        return new Pair(
                id(row),
                EngineKind.valueOf(row.getString("engine")),
                PairState.valueOf(row.getString("state")),
                Jdbc.instant(row, "state_since").orElseThrow(),
                row.getBoolean("paused"),
                row.getInt("attempt"),
                Jdbc.instant(row, "next_attempt_at"),
                Jdbc.instant(row, "last_sync_at"),
                Jdbc.instant(row, "last_run_at"),
                trouble(row),
                pending == null ? OptionalLong.empty() : OptionalLong.of(pending),
                Optional.ofNullable(row.getString("source_seq")),
                row.getBoolean("reset_requested"),
                row.getLong("refused_now"),
                totals(row));
    }

    static PairId id(ResultSet row) throws SQLException {
        var database = ShopDatabase.parse(row.getString("physical_name")).orElseThrow();
        return new PairId(database, row.getString("target"), Direction.valueOf(row.getString("direction")));
    }

    private static Optional<Pair.Trouble> trouble(ResultSet row) throws SQLException {
        var code = row.getString("last_error");
        return code == null
                ? Optional.empty()
                : Optional.of(new Pair.Trouble(
                        ReplicationReason.valueOf(code),
                        row.getString("last_error_detail"),
                        Jdbc.instant(row, "last_error_at").orElse(Instant.EPOCH)));
    }

    private static Pair.Totals totals(ResultSet row) throws SQLException {
        return new Pair.Totals(
                row.getLong("runs"),
                row.getLong("documents_read"),
                row.getLong("documents_written"),
                row.getLong("documents_refused"),
                row.getLong("bytes"),
                Duration.ofMillis(row.getLong("busy_millis")));
    }
}
