package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.sync.SyncEvent.RepairKind;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.orchestrator.reconcile.ObservedDatabase.Present;
import java.util.function.Function;

/**
 * One thing in CouchDB that was other than it should be, by what puts it right.
 *
 * @param target physical name of the database, or the login
 * @param found what was there instead, for people; never a document's body or a key
 */
public record Difference(RepairKind repair, String target, String found) {

    private static final String NOTHING = "none";

    /** What {@code step} puts right in what was found. */
    static Difference of(Step step, ObservedShop observed) {
        var repair = Reports.repair(step);
        return new Difference(repair.kind(), repair.target(), found(step, observed));
    }

    private static String found(Step step, ObservedShop observed) {
        return switch (step) {
            case Step.SecureDatabase secure -> in(secure, observed, Difference::security);
            case Step.InstallGuard guard -> guard.replaces().orElse(NOTHING);
            case Step.LimitRevisions limit -> in(limit, observed, present -> String.valueOf(present.revisionsLimit()));
            case Step.PutLogin put -> put.document().has("_rev") ? "other roles or another key" : NOTHING;
            case Step.RemoveLogin _ -> "a login that should not be";
            case Step.CreateDatabase _ -> NOTHING;
            case Step.DropDatabase _ -> "a database that should not be";
        };
    }

    private static String in(Step.OnDatabase step, ObservedShop observed, Function<Present, String> part) {
        return observed.databases().get(step.database()) instanceof Present present ? part.apply(present) : NOTHING;
    }

    private static String security(Present present) {
        return present.security().map(SecurityDocument::toString).orElse("unreadable");
    }
}
