package io.shopsync.audit.intake;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that cannot be handled, and why. */
record DeadLetter(ConsumerRecord<String, byte[]> record, String reason) {

    /** Where the record stands in Kafka. */
    String where() {
        return record.topic() + '-' + record.partition() + '@' + record.offset();
    }
}
