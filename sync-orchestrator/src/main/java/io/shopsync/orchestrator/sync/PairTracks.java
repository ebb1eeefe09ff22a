package io.shopsync.orchestrator.sync;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.platform.Jdbc;
import io.shopsync.orchestrator.replication.pair.Direction;
import io.shopsync.orchestrator.replication.pair.PairId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tracks of pairs. */
@ApplicationScoped
class PairTracks {

    private static final String OF_SHOP = "select * from sync_pair where shop = ?";
    private static final String UPSERT = """
            insert into sync_pair (physical_name, target, direction, shop, behind_since, failing_since, moved_at, source_seq)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (physical_name, target, direction) do update set
                behind_since = excluded.behind_since, failing_since = excluded.failing_since,
                moved_at = excluded.moved_at, source_seq = excluded.source_seq
            """;
    private static final String FORGET =
            "delete from sync_pair where physical_name = ? and target = ? and direction = ?";

    private final Jdbc jdbc;

    PairTracks(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    Map<PairId, PairTrack> of(ShopId shop) {
        return jdbc.query(OF_SHOP, PairTracks::read, shop.value()).stream()
                .collect(Collectors.toMap(PairTrack::id, Function.identity()));
    }

    /** Keeps the tracks of pairs that there are, and forgets those of pairs that are no more. */
    void keep(Map<PairId, PairTrack> before, Collection<PairTrack> tracks) {
        jdbc.batch(
                UPSERT,
                tracks.stream()
                        .filter(track -> !track.equals(before.get(track.id())))
                        .map(PairTracks::row)
                        .toList());
        var there = tracks.stream().map(PairTrack::id).collect(Collectors.toSet());
        jdbc.batch(
                FORGET,
                before.keySet().stream()
                        .filter(id -> !there.contains(id))
                        .map(id -> new Object[] {
                            id.database().physicalName(),
                            id.target(),
                            id.direction().name()
                        })
                        .toList());
    }

    private static Object[] row(PairTrack track) {
        var id = track.id();
        return new Object[] {
            id.database().physicalName(),
            id.target(),
            id.direction().name(),
            id.database().shop().value(),
            track.behindSince().orElse(null),
            track.failingSince().orElse(null),
            track.movedAt(),
            track.sourceSeq().orElse(null)
        };
    }

    private static PairTrack read(ResultSet row) throws SQLException {
        return new PairTrack(
                new PairId(
                        ShopDatabase.parse(row.getString("physical_name")).orElseThrow(),
                        row.getString("target"),
                        Direction.valueOf(row.getString("direction"))),
                Jdbc.instant(row, "behind_since"),
                Jdbc.instant(row, "failing_since"),
                Jdbc.instant(row, "moved_at").orElseThrow(),
                Optional.ofNullable(row.getString("source_seq")));
    }
}
