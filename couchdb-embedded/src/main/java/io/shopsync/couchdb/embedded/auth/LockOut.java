package io.shopsync.couchdb.embedded.auth;

import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.wire.CouchError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong passwords by address, name and salt; a new password so starts afresh. {@code [chttpd_auth_lockout]}:
 * {@code mode} enforce, warn or off, {@code threshold} 5, {@code max_lifetime} 300000 ms.
 */
final class LockOut {
    private static final int MAX_OBJECTS = 10_000;

    private record Failures(int count, Instant since) {}

    private final Config config;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    LockOut(Config config) {
        this.config = config;
    }

    /** @throws CouchError 403 while the account is locked for this address, also with the right password */
    synchronized void check(String peer, Account account) {
        Failures known = failures.get(key(peer, account));
        boolean locked = known != null
                && !isOver(known)
                && known.count() >= config.number("chttpd_auth_lockout", "threshold", 5);
        if (locked && config.get("chttpd_auth_lockout", "mode", "enforce").equals("enforce")) {
            throw CouchError.forbidden("Account is temporarily locked due to multiple authentication failures");
        }
    }

    synchronized void failed(String peer, Account account) {
        if (config.get("chttpd_auth_lockout", "mode", "enforce").equals("off")) {
            return;
        }
        String key = key(peer, account);
        Failures known = failures.get(key);
        boolean fresh = known == null || isOver(known);
        failures.put(key, fresh ? new Failures(1, clock.instant()) : new Failures(known.count() + 1, known.since()));
        if (failures.size() > MAX_OBJECTS) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    private boolean isOver(Failures known) {
        Duration lifetime = Duration.ofMillis(config.number("chttpd_auth_lockout", "max_lifetime", 300_000));
        return known.since().plus(lifetime).isBefore(clock.instant());
    }

    private static String key(String peer, Account account) {
        return peer + '\0' + account.name() + '\0' + account.salt();
    }
}
