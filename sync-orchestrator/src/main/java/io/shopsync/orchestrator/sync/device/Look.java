package io.shopsync.orchestrator.sync.device;

import io.shopsync.contracts.sync.ReasonCode;
import io.shopsync.couchdb.database.DatabaseInfo;
import java.util.Map;

/** What a look at a database found. */
sealed interface Look {

    /** The database, and what its devices left there. */
    record Seen(DatabaseInfo info, Map<Checkpoint, Device.Reading> checkpoints) implements Look {
        long changes() {
            return info.documents() + info.deleted();
        }
    }

    /** There is no such database. */
    record Gone() implements Look {}

    /** CouchDB did not say. */
    record Failed(ReasonCode reason, String detail) implements Look {}
}
