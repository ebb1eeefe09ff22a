package io.shopsync.orchestrator.sync.device;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.couchdb.CouchException;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.couchdb.CouchUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Looks at databases, and keeps what was found. */
@ApplicationScoped
public class Looks {

    /** How long a look at one database takes. */
    public static final String DURATION = "shopsync.sync.look";

    private static final double JITTER = 0.2;

    private final Couch couch;
    private final CheckpointReader reader;
    private final Observations observations;
    private final LookQueue queue;
    private final LookConfig config;
    private final Timer duration;

    Looks(
            Couch couch,
            CheckpointReader reader,
            Observations observations,
            LookQueue queue,
            LookConfig config,
            MeterRegistry metrics) {
        this.couch = couch;
        this.reader = reader;
        this.observations = observations;
        this.queue = queue;
        this.config = config;
        this.duration = Timer.builder(DURATION)
                .description("A look at the checkpoints in one database")
                .publishPercentileHistogram()
                .register(metrics);
    }

    /** Has new databases looked at in time, whether or not anything ever changes in them. */
    public void expect(Collection<ShopDatabase> databases) {
        queue.register(databases, config.idleEvery());
    }

    /** Looks now at those of the databases that were not looked at just before. */
    public void refresh(Collection<ShopDatabase> databases) {
        queue.register(databases, Duration.ZERO);
        take(queue.claimStale(databases));
    }

    /**
     * How many changes of a database come after a sequence, as CouchDB counts them now; empty where it cannot say.
     */
    public Optional<Long> pending(ShopDatabase database, String since) {
        try {
            return reader.pending(database, since);
        } catch (CouchException | CouchUnavailable _) {
            return Optional.empty();
        }
    }

    void take(List<LookQueue.Turn> turns) {
        turns.forEach(turn -> duration.record(() -> take(turn)));
    }

    private void take(LookQueue.Turn turn) {
        var database = turn.database();
        var before = observations.of(database).orElseGet(() -> Observation.none(database));
        var look = reader.look(database);
        var now = Instant.now();
        switch (look) {
            case Look.Seen seen -> keep(turn, before.after(seen, now), now);
            // That CouchDB as a whole is away says nothing about a database.
            case Look.Failed _ when couch.away().isPresent() -> queue.done(turn, spread(config.retryAfter()));
            case Look.Failed failed -> keep(turn, before.after(failed, now), now);
            case Look.Gone _ -> observations.forget(database);
        }
    }

    private void keep(LookQueue.Turn turn, Observation observation, Instant now) {
        observations.keep(observation);
        queue.done(turn, spread(observation.nextLook(now, config)));
    }

    /** Databases that were looked at together need not be so again. */
    private static Duration spread(Duration pause) {
        return pause.plusMillis(
                (long) (pause.toMillis() * ThreadLocalRandom.current().nextDouble(JITTER)));
    }
}
