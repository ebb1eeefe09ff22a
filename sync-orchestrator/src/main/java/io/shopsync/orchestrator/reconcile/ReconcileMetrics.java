package io.shopsync.orchestrator.reconcile;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.shopsync.orchestrator.desired.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/** What the reconcile shows of itself. No label names a shop. */
@ApplicationScoped
public class ReconcileMetrics {

    /** From claiming a shop to its outcome, by outcome. */
    public static final String DURATION = "shopsync.reconcile.duration";

    /** From a signup to its databases being ready. */
    public static final String SIGNUP_TO_READY = "shopsync.signup.ready";

    /** Steps taken in CouchDB, by kind. */
    public static final String STEPS = "shopsync.reconcile.steps";

    /** Shops that were put right although they had been right before. */
    public static final String DRIFT = "shopsync.reconcile.drift";

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2),
        Duration.ofMinutes(10)
    };

    private final MeterRegistry registry;
    private final Timer signupToReady;
    private final Counter drift;

    ReconcileMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.signupToReady = Timer.builder(SIGNUP_TO_READY)
                .description("From a signup to its databases being ready")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        this.drift = Counter.builder(DRIFT)
                .description("Shops that were put right although they had been right before")
                .register(registry);
    }

    /** A shop was put right. */
    void drifted() {
        drift.increment();
    }

    void taken(Step step) {
        registry.counter(STEPS, "step", step.getClass().getSimpleName()).increment();
    }

    void ended(Reconciled reconciled, Duration took) {
        Timer.builder(DURATION)
                .description("From claiming a shop to its outcome")
                .tag("outcome", outcome(reconciled.outcome()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(took);
        var claim = reconciled.claim();
        var wish = claim.desired().wish();
        if (reconciled.outcome() instanceof Outcome.Settled && claim.wishWaits() && wish.generation() == wish.birth()) {
            signupToReady.record(Duration.between(wish.at(), Instant.now()));
        }
    }

    private static String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Settled _ -> "settled";
            case Outcome.Delayed _ -> "delayed";
            case Outcome.Failed _ -> "failed";
        };
    }
}
