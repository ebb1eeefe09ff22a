package io.shopsync.orchestrator.couchdb;

import io.shopsync.contracts.sync.ReasonCode;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.document.WriteOutcome;

/**
 * What a failure of CouchDB means for the shop it met.
 *
 * @param code the stable reason
 * @param passes whether the same may succeed later with nothing changed by us
 */
public record CouchReason(ReasonCode code, boolean passes) {

    /** What a failed request means. */
    public static CouchReason of(CouchException failure) {
        return switch (failure) {
            case CouchException.Unreachable _, CouchException.Interrupted _ -> passing(ReasonCode.COUCHDB_UNREACHABLE);
            case CouchException.TimedOut _, CouchException.Overloaded _ -> passing(ReasonCode.COUCHDB_OVERLOADED);
            case CouchException.BrokenAnswer _ -> passing(ReasonCode.COUCHDB_ERROR);
            case CouchException.ServerError error ->
                new CouchReason(ReasonCode.COUCHDB_ERROR, error.transientFailure());
            // It passes once an operator gives us the rights again: the wish itself is not at fault.
            case CouchException.Unauthorized _ -> passing(ReasonCode.COUCHDB_REFUSED_US);
            case CouchException.Forbidden locked when locked.accountLocked() -> passing(ReasonCode.COUCHDB_REFUSED_US);
            // Someone was at the same database or document between our look and our step: look again.
            case CouchException.NotFound _, CouchException.Conflict _, CouchException.AlreadyExists _ ->
                passing(ReasonCode.COUCHDB_CHANGED_MEANWHILE);
            case CouchException.Forbidden _, CouchException.BadRequest _, CouchException.TooLarge _ ->
                new CouchReason(ReasonCode.COUCHDB_REFUSED_REQUEST, false);
        };
    }

    /** What a refused document of a bulk write means. */
    public static CouchReason of(WriteOutcome.Refused refused) {
        return switch (refused.cause()) {
            case CONFLICT -> passing(ReasonCode.COUCHDB_CHANGED_MEANWHILE);
            case SERVER -> passing(ReasonCode.COUCHDB_ERROR);
            case UNAUTHORIZED -> passing(ReasonCode.COUCHDB_REFUSED_US);
            case FORBIDDEN, TOO_LARGE, INVALID -> new CouchReason(ReasonCode.COUCHDB_REFUSED_REQUEST, false);
        };
    }

    /** Whether it says that CouchDB as a whole is away, as against something about one request. */
    boolean away() {
        return switch (code) {
            case COUCHDB_UNREACHABLE, COUCHDB_OVERLOADED, COUCHDB_REFUSED_US -> true;
            case COUCHDB_ERROR, COUCHDB_REFUSED_REQUEST, COUCHDB_CHANGED_MEANWHILE, EDGE_UNREACHABLE, INTERNAL_ERROR ->
                false;
        };
    }

    private static CouchReason passing(ReasonCode code) {
        return new CouchReason(code, true);
    }
}
