package io.shopsync.orchestrator.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.database.SecurityDocument;
import java.util.Optional;

/** A database as CouchDB has it. */
public sealed interface ObservedDatabase {

    /** It does not exist. */
    record Missing() implements ObservedDatabase {}

    /**
     * It exists.
     *
     * @param security empty where CouchDB holds something that is no security document, which counts as the worst
     * @param guard the design document in the guard's place, with its revision; empty for none
     * @param revisionsLimit its {@code _revs_limit}
     */
    record Present(Optional<SecurityDocument> security, Optional<ObjectNode> guard, int revisionsLimit)
            implements ObservedDatabase {}
}
