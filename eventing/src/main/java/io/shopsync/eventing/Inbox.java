package io.shopsync.eventing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Remembers which events were handled, so that one that is delivered twice has one effect. It writes in the caller's
 * transaction: the effect and the memory of it are stored together or not at all.
 */
@ApplicationScoped
public class Inbox {

    private static final String INSERT = """
            insert into inbox (event_id) select distinct unnest(?)
            on conflict do nothing
            returning event_id
            """;

    private final DataSource dataSource;

    Inbox(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Whether this is the first time that the event is seen. */
    @Transactional(TxType.MANDATORY)
    public boolean firstSeen(UUID eventId) {
        return !firstSeen(Set.of(eventId)).isEmpty();
    }

    /** Those of the events that are seen for the first time. */
    @Transactional(TxType.MANDATORY)
    public Set<UUID> firstSeen(Collection<UUID> eventIds) {
        try (var connection = dataSource.getConnection();
                var insert = connection.prepareStatement(INSERT)) {
            insert.setArray(1, connection.createArrayOf("uuid", eventIds.toArray()));
            try (var rows = insert.executeQuery()) {
                var first = new HashSet<UUID>();
                while (rows.next()) {
                    first.add(rows.getObject(1, UUID.class));
                }
                return first;
            }
        } catch (SQLException e) {
            throw new EventStoreException("the inbox could not be written", e);
        }
    }
}
