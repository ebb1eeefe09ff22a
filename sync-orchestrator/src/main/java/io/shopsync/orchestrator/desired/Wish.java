package io.shopsync.orchestrator.desired;

import io.shopsync.contracts.Envelope;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which wish a desired state comes from.
 *
 * @param generation the number of the wish among the shop's, from 1
 * @param birth the number of the wish by which the shop signed up; beyond 1 where the id had another shop before
 * @param event the event that made it
 * @param at when it was made
 * @param traceparent the trace that the event is part of, and what becomes of the wish with it
 */
public record Wish(long generation, long birth, UUID event, Instant at, Optional<String> traceparent) {

    static Wish first(Envelope<?> envelope) {
        return new Wish(1, 1, envelope.id(), envelope.time(), Optional.empty());
    }

    Wish next(Envelope<?> envelope) {
        return new Wish(generation + 1, birth, envelope.id(), envelope.time(), Optional.empty());
    }

    /** The same wish as the one by which a shop signed up. */
    Wish asBirth() {
        return new Wish(generation, generation, event, at, traceparent);
    }

    Wish tracedBy(Optional<String> trace) {
        return new Wish(generation, birth, event, at, trace);
    }
}
