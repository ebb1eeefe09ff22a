package io.shopsync.eventing;

import io.shopsync.contracts.Envelope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Where a service leaves the events it publishes: in the transaction of the change they tell of, so that neither is
 * ever there without the other. The {@link OutboxRelay} brings them to Kafka after the commit.
 *
 * <p>Events of one shop are published in the order in which they were written, provided that whoever changes a shop
 * holds its row's lock while writing: an id is drawn when the row is inserted, not when it is committed.
 */
@ApplicationScoped
public class Outbox {

    private static final String INSERT = "insert into outbox (topic, shop, payload, traceparent) values (?, ?, ?, ?)";

    private final DataSource dataSource;
    private final Event<Written> written;

    Outbox(DataSource dataSource, Event<Written> written) {
        this.dataSource = dataSource;
        this.written = written;
    }

    /** Publishes the event when the surrounding transaction commits. */
    @Transactional(TxType.MANDATORY)
    public void publish(Envelope<?> envelope) {
        publish(List.of(envelope));
    }

    /** Publishes the events in this order when the surrounding transaction commits. */
    @Transactional(TxType.MANDATORY)
    public void publish(Collection<? extends Envelope<?>> envelopes) {
        var traceparent = TraceContext.current();
        publishTraced(envelopes.stream()
                .map(envelope -> new Traced(envelope, traceparent))
                .toList());
    }

    /**
     * Publishes the events in this order when the surrounding transaction commits, each as a part of the trace it names:
     * for what is told long after, and beside what others have caused.
     */
    @Transactional(TxType.MANDATORY)
    public void publishTraced(Collection<Traced> events) {
        if (events.isEmpty()) {
            return;
        }
        try (var connection = dataSource.getConnection();
                var insert = connection.prepareStatement(INSERT)) {
            for (var event : events) {
                var envelope = event.envelope();
                insert.setString(1, envelope.body().topic().topicName());
                insert.setString(2, envelope.body().shop().value());
                insert.setBytes(3, EnvelopeCodec.encode(envelope));
                insert.setString(4, event.traceparent().orElse(null));
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new EventStoreException("the outbox could not be written", e);
        }
        written.fire(new Written());
    }

    /**
     * An event and the trace it is part of.
     *
     * @param traceparent as {@link TraceContext} reads it; empty for none
     */
    public record Traced(Envelope<?> envelope, Optional<String> traceparent) {}

    /** Told to the relay once the transaction has committed. */
    record Written() {}
}
