package io.shopsync.orchestrator.watch;

import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Which replica watches: a lease in Postgres, by Postgres' clock. A holder that was paused beyond its lease may overlap
 * with the next for a moment; wake-ups may be doubled, so that does no harm.
 */
@ApplicationScoped
class Leadership {

    private static final String NAME = "watcher";

    private static final String HOLD = """
            insert into leadership (name, holder, held_until) values (?, ?, now() + make_interval(secs => ?))
            on conflict (name) do update set holder = excluded.holder, held_until = excluded.held_until
            where leadership.holder = excluded.holder or leadership.held_until < now()
            """;
    private static final String RELEASE = "delete from leadership where name = ? and holder = ?";

    private final Jdbc jdbc;
    private final double leaseSeconds;
    private final String self = UUID.randomUUID().toString();

    Leadership(Jdbc jdbc, WatchConfig config) {
        this.jdbc = jdbc;
        this.leaseSeconds = config.lease().toMillis() / 1000.0;
    }

    /** Takes or renews the lease; false where another replica holds it. */
    boolean hold() {
        return jdbc.update(HOLD, NAME, self, leaseSeconds) == 1;
    }

    /** Lets another replica take over at once. */
    void release() {
        jdbc.update(RELEASE, NAME, self);
    }
}
