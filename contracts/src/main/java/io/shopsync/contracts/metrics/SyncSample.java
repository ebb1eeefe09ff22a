package io.shopsync.contracts.metrics;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.Event;
import io.shopsync.contracts.EventType;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;

/** A measurement of one shop at one time. */
public sealed interface SyncSample extends Event {

    @Override
    default Topic topic() {
        return Topic.SYNC_METRICS;
    }

    /**
     * How large a database is.
     *
     * @param documents not deleted
     * @param deletedDocuments tombstones
     * @param bytes on disk
     */
    @EventType("shopsync.metrics.database-size.v1")
    record DatabaseSize(ShopId shop, DatabaseName database, long documents, long deletedDocuments, long bytes)
            implements SyncSample {}
}
