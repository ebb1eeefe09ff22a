package io.shopsync.audit.metric;

import io.shopsync.audit.intake.EventStore;
import io.shopsync.audit.intake.IncomingEvent;
import io.shopsync.audit.platform.Database;
import io.shopsync.audit.platform.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;

/** Writes samples, each once however often it comes; those older than the retention are passed over. */
@ApplicationScoped
class SampleStore implements EventStore {

    private static final String INSERT = """
            insert into metric_sample (id, time, shop, type, data) values (?, ?, ?, ?, ?)
            on conflict do nothing
            """;

    private final Database database;
    private final Days days;

    SampleStore(Database database, Days days) {
        this.database = database;
        this.days = days;
    }

    @Override
    public void store(List<IncomingEvent> samples) {
        var kept = samples.stream().filter(sample -> days.keeps(sample.time())).toList();
        try {
            days.make(kept.stream().map(IncomingEvent::time).toList());
            database.transact(connection -> insert(connection, kept));
        } catch (DatabaseException e) {
            days.forget();
            throw e;
        }
    }

    private static void insert(Connection connection, List<IncomingEvent> samples) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            for (var sample : samples) {
                insert.setObject(1, sample.id());
                insert.setObject(2, sample.time().atOffset(ZoneOffset.UTC));
                insert.setString(3, sample.shop().value());
                insert.setString(4, sample.type());
                insert.setObject(5, sample.data().toString(), Types.OTHER);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
