package io.shopsync.eventing;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.shopsync.eventing.KafkaPublisher.Outgoing;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * One round of the relay: takes the oldest rows, publishes them, and deletes them once Kafka has acknowledged all.
 *
 * <p>Replicas of a service take turns by an advisory lock: two relays side by side could publish a shop's second event
 * before its first. A crash between acknowledgement and commit publishes the round again, with the same event ids,
 * which is what inboxes are for.
 */
@ApplicationScoped
class OutboxBatch {

    /** What a round publishes at most: one that publishes as many may have left some. */
    static final int ROWS = 500;

    private static final String CHANNEL = "outbox";

    /** Names the relay's turn among Postgres' advisory locks of one database; any constant of our own does. */
    private static final long TURN = 0x73686f7073796e63L;

    private static final String TAKE_TURN = "select pg_try_advisory_xact_lock(?)";

    /** A statement of its own, so that it sees what the last turn has deleted. */
    private static final String OLDEST = "select id, topic, shop, payload, traceparent from outbox order by id limit ?";

    /** What a crash brings back of it is published again and no more. */
    private static final String DELETE = "delete from outbox where " + LazyCommit.CONDITION + " and id = any(?)";

    private final DataSource dataSource;
    private final Emitter<byte[]> kafka;
    private final KafkaClientService clients;

    OutboxBatch(
            DataSource dataSource,
            @Channel(CHANNEL) @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) Emitter<byte[]> kafka,
            KafkaClientService clients) {
        this.dataSource = dataSource;
        this.kafka = kafka;
        this.clients = clients;
    }

    /**
     * Publishes the oldest rows.
     *
     * @return how many rows were published; zero where there are none or another replica has the turn
     * @throws EventStoreException where Postgres fails
     * @throws IllegalStateException where Kafka does not acknowledge in time
     */
    @Transactional
    public int publishNext() throws InterruptedException {
        try (var connection = dataSource.getConnection()) {
            if (!hasTurn(connection)) {
                return 0;
            }
            var rows = oldest(connection);
            if (!rows.isEmpty()) {
                KafkaPublisher.publish(kafka, rows.stream().map(Row::outgoing).toList(), clients.getProducer(CHANNEL));
                delete(connection, rows);
            }
            return rows.size();
        } catch (SQLException e) {
            throw new EventStoreException("the outbox could not be read", e);
        }
    }

    private static boolean hasTurn(Connection connection) throws SQLException {
        try (var lock = connection.prepareStatement(TAKE_TURN)) {
            lock.setLong(1, TURN);
            try (var result = lock.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    private static List<Row> oldest(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(OLDEST)) {
            select.setInt(1, ROWS);
            try (var result = select.executeQuery()) {
                var rows = new ArrayList<Row>();
                while (result.next()) {
                    rows.add(new Row(
                            result.getLong(1),
                            result.getString(2),
                            result.getString(3),
                            result.getBytes(4),
                            result.getString(5)));
                }
                return rows;
            }
        }
    }

    private static void delete(Connection connection, List<Row> rows) throws SQLException {
        try (var delete = connection.prepareStatement(DELETE)) {
            delete.setArray(
                    1,
                    connection.createArrayOf(
                            "bigint", rows.stream().map(Row::id).toArray()));
            delete.executeUpdate();
        }
    }

    private record Row(long id, String topic, String shop, byte[] payload, String traceparent) {

        Outgoing outgoing() {
            var record = OutgoingKafkaRecordMetadata.<String>builder()
                    .withTopic(topic)
                    .withKey(shop)
                    .build();
            return new Outgoing(record, payload, TracingMetadata.withCurrent(traceContext()));
        }

        private Context traceContext() {
            return W3CTraceContextPropagator.getInstance().extract(Context.root(), this, TRACEPARENT);
        }
    }

    private static final TextMapGetter<Row> TRACEPARENT = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Row row) {
            return row.traceparent() == null ? List.of() : List.of("traceparent");
        }

        @Override
        public String get(Row row, String key) {
            return key.equals("traceparent") ? row.traceparent() : null;
        }
    };
}
