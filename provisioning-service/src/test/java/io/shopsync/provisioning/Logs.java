package io.shopsync.provisioning;

import io.shopsync.contracts.Topic;
import io.shopsync.eventing.EnvelopeCodec;
import io.shopsync.stack.testing.EventLog;
import io.shopsync.stack.testing.KafkaResource;

/** The topics this service writes and reads. */
public final class Logs {

    private Logs() {}

    public static EventLog shops() {
        return EventLog.of(Topic.SHOPS, EnvelopeCodec::encode, EnvelopeCodec::decode);
    }

    public static EventLog syncEvents() {
        return EventLog.of(Topic.SYNC_EVENTS, EnvelopeCodec::encode, EnvelopeCodec::decode);
    }

    public static EventLog deadLetters() {
        return EventLog.of(
                Topic.SYNC_EVENTS.deadLetters("provisioning-service"),
                KafkaResource.bootstrapServers(),
                EnvelopeCodec::encode,
                EnvelopeCodec::decode);
    }
}
