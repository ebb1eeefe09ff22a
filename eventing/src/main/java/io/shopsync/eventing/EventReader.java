package io.shopsync.eventing;

import io.shopsync.contracts.Envelope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the envelopes of a batch of records, and puts aside those that cannot be read, so that the others go on. */
@ApplicationScoped
public class EventReader {

    private final DeadLetters deadLetters;

    EventReader(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    /** The envelopes in the order of their records, each with its record. */
    public List<Received> read(Iterable<ConsumerRecord<String, byte[]>> records) {
        var received = new ArrayList<Received>();
        for (var record : records) {
            try {
                received.add(new Received(record, EnvelopeCodec.decode(record.value())));
            } catch (UnreadableEvent e) {
                deadLetters.send(record, e.getMessage());
            }
        }
        return received;
    }

    /** An envelope and the record it came in, for who must put it aside after all. */
    public record Received(ConsumerRecord<String, byte[]> record, Envelope<?> envelope) {}
}
