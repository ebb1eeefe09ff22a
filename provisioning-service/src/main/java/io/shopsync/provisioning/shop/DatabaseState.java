package io.shopsync.provisioning.shop;

import io.shopsync.contracts.DatabaseName;
import java.time.Instant;
import java.util.Optional;

/**
 * One of a shop's databases.
 *
 * @param readyAt when it was first ready
 */
public record DatabaseState(DatabaseName name, DatabaseStatus status, Optional<Instant> readyAt) {

    static DatabaseState requested(DatabaseName name) {
        return new DatabaseState(name, DatabaseStatus.REQUESTED, Optional.empty());
    }

    boolean isWished() {
        return status != DatabaseStatus.RETIRING;
    }

    DatabaseState ready(Instant at) {
        return new DatabaseState(name, DatabaseStatus.READY, readyAt.or(() -> Optional.of(at)));
    }

    DatabaseState retiring() {
        return new DatabaseState(name, DatabaseStatus.RETIRING, readyAt);
    }

    /** Wished again before it was seen to be closed: whether it still is as it should be has to be seen anew. */
    DatabaseState wishedAgain() {
        return isWished() ? this : requested(name);
    }
}
