package io.shopsync.orchestrator.desired;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.eventing.TraceContext;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A fact about a shop with the record it came in. */
record Fact(ConsumerRecord<String, byte[]> record, Envelope<? extends ShopEvent> envelope) {

    ShopId shop() {
        return envelope.body().shop();
    }

    /** The trace that it is part of. */
    Optional<String> traceparent() {
        return TraceContext.of(record);
    }
}
