package io.shopsync.orchestrator.sync.health;

import io.shopsync.contracts.sync.SyncHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * How a shop's health follows from its symptoms.
 *
 * <ol>
 *   <li>A symptom <em>counts</em> once it lasts as long as its health's threshold ({@link HealthConfig}); the worst that
 *       counts is reached at once.
 *   <li>A symptom <em>holds</em> the health that it made while it lasts half of the threshold or more, so that one that
 *       wavers about its threshold changes nothing.
 *   <li>A health that nothing holds is left for the worst that is still held, but only after {@link HealthConfig#calmFor()}
 *       without a break, so that one that comes and goes is called ill throughout.
 * </ol>
 *
 * <p>It follows that any two changes for the better are at least {@code calmFor} apart, and so are a change for the worse
 * and the next for the better.
 */
public final class HealthRules {

    private final HealthConfig config;

    public HealthRules(HealthConfig config) {
        this.config = config;
    }

    /** The state after a look. */
    public HealthState next(HealthState state, Collection<Symptom> symptoms, Instant now) {
        var reached = worst(symptoms, 1);
        if (reached.worseThan(state.health())) {
            return new HealthState(reached, now, Optional.empty());
        }
        var held = worst(symptoms, 2);
        if (!state.health().worseThan(held)) {
            return new HealthState(state.health(), state.since(), Optional.empty());
        }
        var betterSince = state.betterSince().orElse(now);
        return Duration.between(betterSince, now).compareTo(config.calmFor()) < 0
                ? new HealthState(state.health(), state.since(), Optional.of(betterSince))
                : new HealthState(held, now, Optional.empty());
    }

    /** The symptom that makes a health what it is, the longest of them; empty for one that has outlived its symptoms. */
    public Optional<Symptom> cause(SyncHealth health, Collection<Symptom> symptoms) {
        return symptoms.stream()
                .filter(symptom -> symptom.of() == health)
                .filter(symptom -> lastsLongEnough(symptom, 2))
                .max((one, other) -> one.lasting().compareTo(other.lasting()));
    }

    /** The worst health of which a symptom lasts its threshold, divided, or longer. */
    private SyncHealth worst(Collection<Symptom> symptoms, int divisor) {
        return symptoms.stream()
                .filter(symptom -> lastsLongEnough(symptom, divisor))
                .map(Symptom::of)
                .max(SyncHealth::compareTo)
                .orElse(SyncHealth.OK);
    }

    private boolean lastsLongEnough(Symptom symptom, int divisor) {
        return symptom.lasting().compareTo(threshold(symptom.of()).dividedBy(divisor)) >= 0;
    }

    private Duration threshold(SyncHealth health) {
        return switch (health) {
            case OK -> Duration.ZERO;
            case LAGGING -> config.laggingAfter();
            case STALLED -> config.stalledAfter();
            case FAILING -> config.failingAfter();
        };
    }
}
