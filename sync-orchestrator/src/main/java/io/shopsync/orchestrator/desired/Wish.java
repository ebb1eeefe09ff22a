package io.shopsync.orchestrator.desired;

import io.shopsync.contracts.Envelope;
import java.time.Instant;
import java.util.UUID;

/**
 * Which wish a desired state comes from.
 *
 * @param generation the number of the wish among the shop's, from 1
 * @param birth the number of the wish by which the shop signed up; beyond 1 where the id had another shop before
 * @param event the event that made it
 * @param at when it was made
 */
public record Wish(long generation, long birth, UUID event, Instant at) {

    static Wish first(Envelope<?> envelope) {
        return new Wish(1, 1, envelope.id(), envelope.time());
    }

    Wish next(Envelope<?> envelope) {
        return new Wish(generation + 1, birth, envelope.id(), envelope.time());
    }

    /** The same wish as the one by which a shop signed up. */
    Wish asBirth() {
        return new Wish(generation, generation, event, at);
    }
}
