package io.shopsync.audit.ledger;

import io.shopsync.audit.intake.EventStore;
import io.shopsync.audit.intake.IncomingEvent;
import io.shopsync.audit.platform.Database;
import io.shopsync.audit.platform.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;

/** Writes events into the ledger, each once however often it comes. */
@ApplicationScoped
public class Ledger implements EventStore {

    private static final String INSERT = """
            insert into ledger_event (id, time, shop, type, topic, source, cause, actor, data)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;

    private final Database database;
    private final Months months;

    Ledger(Database database, Months months) {
        this.database = database;
        this.months = months;
    }

    @Override
    public void store(List<IncomingEvent> events) {
        store(events, connection -> {});
    }

    /** Stores the events, and in the same transaction what else follows from them. */
    public void store(List<IncomingEvent> events, Database.Change consequence) {
        try {
            months.make(events.stream().map(IncomingEvent::time).toList());
            database.transact(connection -> {
                insert(connection, events);
                consequence.on(connection);
            });
        } catch (DatabaseException e) {
            months.forget();
            throw e;
        }
    }

    private static void insert(Connection connection, List<IncomingEvent> events) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            for (var event : events) {
                bind(insert, event);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void bind(PreparedStatement insert, IncomingEvent event) throws SQLException {
        insert.setObject(1, event.id());
        insert.setObject(2, event.time().atOffset(ZoneOffset.UTC));
        insert.setString(3, event.shop().value());
        insert.setString(4, event.type());
        insert.setString(5, event.topic().topicName());
        insert.setString(6, event.source());
        insert.setObject(7, event.cause().orElse(null), Types.OTHER);
        insert.setString(8, event.actor().orElse(null));
        insert.setObject(9, event.data().toString(), Types.OTHER);
    }
}
