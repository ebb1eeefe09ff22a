package io.shopsync.orchestrator.isolation;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.couchdb.changes.ChangesQuery;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How far each database was scanned. */
@ApplicationScoped
class ScanStates {

    private static final String SINCE = "select scanned_to from scan_state where physical_name = ? and incarnation = ?";
    private static final String BEGIN = """
            insert into scan_state (physical_name, incarnation, scanned_to) values (?, ?, ?)
            on conflict (physical_name) do update set
                incarnation = excluded.incarnation, scanned_to = excluded.scanned_to, scanned_at = now()
            """;
    private static final String ADVANCE = """
            update scan_state set scanned_to = ?, scanned_at = now() where physical_name = ? and incarnation = ?
            """;
    private static final String LOOK_DUE = """
            select greatest(0, ? - 1000 * extract(epoch from now() - looked_at))::bigint from scan_state
            where physical_name = ? and incarnation = ? and looked_at is not null
            """;
    private static final String LOOKED =
            "update scan_state set looked_at = now() where physical_name = ? and incarnation = ?";
    private static final String OF_SHOP = """
            select work.physical_name, scanned_at, due_at <= now() or claimed_until >= now() as due
            from database_work as work left join scan_state using (physical_name)
            where work.kind = 'SCAN' and work.shop = ? order by work.physical_name
            """;
    private static final String FORGET = "delete from scan_state where physical_name = ?";

    private final Jdbc jdbc;

    ScanStates(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** Where to go on; the beginning for a database that was made anew since. */
    String since(ShopDatabase database, String incarnation) {
        return jdbc.first(SINCE, row -> row.getString(1), database.physicalName(), incarnation)
                .orElse(ChangesQuery.BEGINNING);
    }

    /**
     * Notes how far a scan is.
     *
     * @param from where this part of it began; one that does not begin at the beginning has no effect where the database
     *     was {@link #forget forgotten} meanwhile, so that the next scan begins there
     */
    void advance(ShopDatabase database, String incarnation, String from, String scannedTo) {
        if (from.equals(ChangesQuery.BEGINNING)) {
            jdbc.update(BEGIN, database.physicalName(), incarnation, scannedTo);
        } else {
            jdbc.update(ADVANCE, scannedTo, database.physicalName(), incarnation);
        }
    }

    /** How long until a look at what surrounds the documents is due again; zero where it is. */
    Duration untilLook(ShopDatabase database, String incarnation, Duration every) {
        return jdbc.first(
                        LOOK_DUE,
                        row -> Duration.ofMillis(row.getLong(1)),
                        every.toMillis(),
                        database.physicalName(),
                        incarnation)
                .orElse(Duration.ZERO);
    }

    /** Such a look was taken now. */
    void looked(ShopDatabase database, String incarnation) {
        jdbc.update(LOOKED, database.physicalName(), incarnation);
    }

    /**
     * How far a database is.
     *
     * @param scannedAt when a scan last ended; empty where there was nothing to scan yet
     * @param due whether it waits for a scan or is being scanned
     */
    record Progress(String database, Optional<Instant> scannedAt, boolean due) {}

    /** The databases of a shop that were ever to be scanned. */
    List<Progress> of(ShopId shop) {
        return jdbc.query(
                OF_SHOP,
                row -> new Progress(
                        row.getString("physical_name"), Jdbc.instant(row, "scanned_at"), row.getBoolean("due")),
                shop.value());
    }

    /** The next scan begins at the beginning. */
    void forget(ShopDatabase database) {
        jdbc.update(FORGET, database.physicalName());
    }
}
