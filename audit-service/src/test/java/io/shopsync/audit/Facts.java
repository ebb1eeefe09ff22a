package io.shopsync.audit;

import io.shopsync.audit.intake.IncomingEvent;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.EventTypes;
import io.shopsync.eventing.EventJson;

/** Envelopes as the intake hands them on, for tests that need no Kafka. */
public final class Facts {

    private Facts() {}

    /** The event as it is stored. */
    public static IncomingEvent of(Envelope<?> envelope) {
        var body = envelope.body();
        return new IncomingEvent(
                envelope.id(),
                envelope.time(),
                body.shop(),
                EventTypes.nameOf(body.getClass()),
                body.topic(),
                envelope.source(),
                envelope.cause(),
                envelope.actor(),
                EventJson.mapper().valueToTree(body));
    }
}
