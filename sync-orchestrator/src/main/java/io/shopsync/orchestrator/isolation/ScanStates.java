package io.shopsync.orchestrator.isolation;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.couchdb.changes.ChangesQuery;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;

/** How far each database was scanned. */
@ApplicationScoped
class ScanStates {

    private static final String SINCE = "select scanned_to from scan_state where physical_name = ? and incarnation = ?";
    private static final String ADVANCE = """
            insert into scan_state (physical_name, incarnation, scanned_to) values (?, ?, ?)
            on conflict (physical_name) do update set
                incarnation = excluded.incarnation, scanned_to = excluded.scanned_to, scanned_at = now()
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

    void advance(ShopDatabase database, String incarnation, String scannedTo) {
        jdbc.update(ADVANCE, database.physicalName(), incarnation, scannedTo);
    }

    /** The next scan begins at the beginning. */
    void forget(ShopDatabase database) {
        jdbc.update(FORGET, database.physicalName());
    }
}
