package io.shopsync.orchestrator.platform;

import java.time.Duration;
import java.util.UUID;

/**
 * What only one replica may do: a lease in Postgres, by Postgres' clock. A holder that was paused beyond its lease may
 * overlap with the next for a moment, so that what is done under it must bear being done twice.
 */
public final class Lease {

    private static final String HOLD = """
            insert into leadership (name, holder, held_until) values (?, ?, now() + make_interval(secs => ?))
            on conflict (name) do update set holder = excluded.holder, held_until = excluded.held_until
            where leadership.holder = excluded.holder or leadership.held_until < now()
            """;
    private static final String RELEASE = "delete from leadership where name = ? and holder = ?";

    private final Jdbc jdbc;
    private final String name;
    private final double seconds;
    private final String self = UUID.randomUUID().toString();

    /**
     * @param name of what is done
     * @param length how long a holder that died keeps others from taking its place
     */
    public Lease(Jdbc jdbc, String name, Duration length) {
        this.jdbc = jdbc;
        this.name = name;
        this.seconds = length.toMillis() / 1000.0;
    }

    /** Takes or renews the lease; false where another replica holds it. */
    public boolean hold() {
        return jdbc.update(HOLD, name, self, seconds) == 1;
    }

    /** Lets another replica take over at once. */
    public void release() {
        jdbc.update(RELEASE, name, self);
    }
}
