package io.shopsync.provisioning.platform;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.Event;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The envelopes of this service's events. */
public final class Events {

    /** How this service names itself in the CloudEvents attribute {@code source}. */
    public static final String SOURCE = "/provisioning-service";

    private Events() {}

    /** An event that a caller's request led to. */
    public static <E extends Event> Envelope<E> askedBy(String actor, UUID id, Instant time, E body) {
        return new Envelope<>(id, SOURCE, time, Optional.empty(), Optional.of(actor), body);
    }
}
