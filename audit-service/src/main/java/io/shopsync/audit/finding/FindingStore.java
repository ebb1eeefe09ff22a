package io.shopsync.audit.finding;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;

/** Writes findings, each once however often its event comes. */
@ApplicationScoped
class FindingStore {

    private static final String INSERT = "insert into finding (" + Finding.COLUMNS + ")"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";

    private static final String END =
            "insert into finding_ended (id, finding, time, details) values (?, ?, ?, ?) on conflict do nothing";

    void insert(Connection connection, List<Finding> findings) throws SQLException {
        if (findings.isEmpty()) {
            return;
        }
        try (var insert = connection.prepareStatement(INSERT)) {
            for (var finding : findings) {
                bind(insert, finding);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Stores what findings came to, each once. */
    void end(Connection connection, List<EndedFinding> findings) throws SQLException {
        if (findings.isEmpty()) {
            return;
        }
        try (var insert = connection.prepareStatement(END)) {
            for (var finding : findings) {
                insert.setObject(1, finding.id());
                insert.setObject(2, finding.finding());
                insert.setObject(3, finding.time().atOffset(ZoneOffset.UTC));
                insert.setObject(4, finding.details(), Types.OTHER);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void bind(PreparedStatement insert, Finding finding) throws SQLException {
        insert.setObject(1, finding.id());
        insert.setObject(2, finding.time().atOffset(ZoneOffset.UTC));
        insert.setString(3, finding.shop());
        insert.setString(4, finding.kind());
        insert.setObject(5, finding.severity().name(), Types.OTHER);
        insert.setString(6, finding.database().orElse(null));
        insert.setString(7, finding.documentId().orElse(null));
        insert.setString(8, finding.revision().orElse(null));
        insert.setString(9, finding.foundShopId().orElse(null));
        insert.setString(10, finding.actor().orElse(null));
        insert.setString(11, finding.action());
        insert.setString(12, finding.quarantineId().orElse(null));
        insert.setObject(13, finding.details(), Types.OTHER);
        insert.setObject(14, finding.cause().orElse(null), Types.OTHER);
    }
}
