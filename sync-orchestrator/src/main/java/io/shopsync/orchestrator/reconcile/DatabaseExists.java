package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.ShopDatabase;

/** A database that was taken for missing is there: it must be looked at before anything is done to it. */
final class DatabaseExists extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseExists(ShopDatabase database) {
        super(database.physicalName() + " exists already", null, false, false);
    }
}
