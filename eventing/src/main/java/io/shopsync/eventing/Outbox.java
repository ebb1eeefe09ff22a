package io.shopsync.eventing;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.shopsync.contracts.Envelope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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
        if (envelopes.isEmpty()) {
            return;
        }
        var traceparent = currentTraceparent();
        try (var connection = dataSource.getConnection();
                var insert = connection.prepareStatement(INSERT)) {
            for (var envelope : envelopes) {
                insert.setString(1, envelope.body().topic().topicName());
                insert.setString(2, envelope.body().shop().value());
                insert.setBytes(3, EnvelopeCodec.encode(envelope));
                insert.setString(4, traceparent);
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new EventStoreException("the outbox could not be written", e);
        }
        written.fire(new Written());
    }

    private static String currentTraceparent() {
        var carrier = new HashMap<String, String>();
        W3CTraceContextPropagator.getInstance().inject(Context.current(), carrier, HashMap::put);
        return carrier.get("traceparent");
    }

    /** Told to the relay once the transaction has committed. */
    record Written() {}
}
