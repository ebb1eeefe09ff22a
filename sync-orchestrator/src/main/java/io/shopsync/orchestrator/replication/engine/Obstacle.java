package io.shopsync.orchestrator.replication.engine;

import io.shopsync.contracts.sync.ReasonCode;
import io.shopsync.contracts.sync.ReplicationReason;
import io.shopsync.couchdb.CouchException;
import io.shopsync.orchestrator.couchdb.CouchUnavailable;
import io.shopsync.orchestrator.replication.protocol.Side;

/** What stands in the way of a pair, by the side that gave it. */
public record Obstacle(ReplicationReason reason, String detail) {

    /** What a failure of one side means. */
    public static Obstacle of(Side side, RuntimeException failure) {
        return switch (failure) {
            case CouchException e -> new Obstacle(reason(side, e), String.valueOf(e.getMessage()));
            case CouchUnavailable e -> new Obstacle(reason(side, e.reason()), String.valueOf(e.getMessage()));
            default -> new Obstacle(ReplicationReason.INTERNAL_ERROR, "a defect; the log has more");
        };
    }

    /** Whether a person must mend it at the server before another try can succeed. */
    public boolean refusesUs() {
        return reason == ReplicationReason.SOURCE_REFUSED_US || reason == ReplicationReason.TARGET_REFUSED_US;
    }

    private static ReplicationReason reason(Side side, CouchException failure) {
        return switch (failure) {
            case CouchException.Unreachable _, CouchException.Interrupted _ ->
                of(side, ReplicationReason.SOURCE_UNREACHABLE, ReplicationReason.TARGET_UNREACHABLE);
            case CouchException.TimedOut _, CouchException.Overloaded _ ->
                of(side, ReplicationReason.SOURCE_OVERLOADED, ReplicationReason.TARGET_OVERLOADED);
            case CouchException.BrokenAnswer _, CouchException.ServerError _, CouchException.Conflict _ ->
                of(side, ReplicationReason.SOURCE_ERROR, ReplicationReason.TARGET_ERROR);
            case CouchException.Unauthorized _, CouchException.Forbidden _ ->
                of(side, ReplicationReason.SOURCE_REFUSED_US, ReplicationReason.TARGET_REFUSED_US);
            case CouchException.NotFound missing
            when missing.databaseMissing() ->
                of(side, ReplicationReason.SOURCE_MISSING, ReplicationReason.TARGET_MISSING);
            case CouchException.NotFound _,
                    CouchException.AlreadyExists _,
                    CouchException.BadRequest _,
                    CouchException.TooLarge _ ->
                of(side, ReplicationReason.SOURCE_REFUSED_REQUEST, ReplicationReason.TARGET_REFUSED_REQUEST);
        };
    }

    private static ReplicationReason reason(Side side, ReasonCode away) {
        return switch (away) {
            case COUCHDB_OVERLOADED ->
                of(side, ReplicationReason.SOURCE_OVERLOADED, ReplicationReason.TARGET_OVERLOADED);
            case COUCHDB_REFUSED_US ->
                of(side, ReplicationReason.SOURCE_REFUSED_US, ReplicationReason.TARGET_REFUSED_US);
            case COUCHDB_UNREACHABLE,
                    COUCHDB_ERROR,
                    COUCHDB_REFUSED_REQUEST,
                    COUCHDB_CHANGED_MEANWHILE,
                    EDGE_UNREACHABLE,
                    INTERNAL_ERROR ->
                of(side, ReplicationReason.SOURCE_UNREACHABLE, ReplicationReason.TARGET_UNREACHABLE);
        };
    }

    private static ReplicationReason of(Side side, ReplicationReason source, ReplicationReason target) {
        return switch (side) {
            case SOURCE -> source;
            case TARGET -> target;
        };
    }
}
