package io.shopsync.orchestrator.replication.engine;

import io.shopsync.orchestrator.replication.pair.PairState;
import io.shopsync.orchestrator.replication.pair.RunEnd;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** When a pair that failed is tried again. */
@ApplicationScoped
public class Pauses {

    private static final int MOST_DOUBLINGS = 20;

    private final ReplicationConfig config;

    Pauses(ReplicationConfig config) {
        this.config = config;
    }

    /**
     * The end of a run that failed.
     *
     * @param failures before this one, since the last success
     */
    public RunEnd failed(Obstacle obstacle, int failures) {
        var state = obstacle.reason().passes() ? PairState.RETRYING : PairState.FAILED;
        return RunEnd.without(state, obstacle.reason(), obstacle.detail(), Optional.of(after(obstacle, failures)));
    }

    /** The pause after so many failures, without chance in it. */
    public Duration after(int failures) {
        var doubled = config.firstRetry().toMillis() << Math.min(failures, MOST_DOUBLINGS);
        return Duration.ofMillis(Math.min(doubled, config.longestRetry().toMillis()));
    }

    private Duration after(Obstacle obstacle, int failures) {
        if (obstacle.refusesUs()) {
            return jittered(config.retryOfRefusals());
        }
        return jittered(obstacle.reason().passes() ? after(failures) : config.longestRetry());
    }

    /** Between all and one and a half of it, so that pairs that failed together do not return together. */
    private static Duration jittered(Duration pause) {
        return pause.plusMillis(ThreadLocalRandom.current().nextLong(1 + pause.toMillis() / 2));
    }
}
