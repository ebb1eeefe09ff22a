package io.shopsync.contracts.metrics;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.Event;
import io.shopsync.contracts.EventType;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;
import java.util.Optional;

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

    /**
     * What replication of a database to or from a target did since the sample before, and how it stands.
     *
     * @param engine {@code on-change} or {@code jobs}
     * @param target {@code standby}, or the name of one of the shop's edges
     * @param direction {@code push} to the target, {@code pull} from it
     * @param documentsRead revisions read at the source
     * @param documentsWritten revisions that the target took
     * @param documentsFailed revisions that were not copied, each try counted
     * @param bytesRead of JSON; what is written is what was read less what failed
     * @param busyMillis how long runs took
     * @param pending changes of the source still to come, where that is known
     * @param lagMillis for how long the target has not had all that the source has; zero where it has
     */
    @EventType("shopsync.metrics.replication.v1")
    record Replication(
            ShopId shop,
            DatabaseName database,
            String engine,
            String target,
            String direction,
            long documentsRead,
            long documentsWritten,
            long documentsFailed,
            long bytesRead,
            long busyMillis,
            Optional<Long> pending,
            long lagMillis)
            implements SyncSample {}

    /**
     * How the devices of a database are, as their checkpoints show them.
     *
     * @param devices that have moved of late
     * @param behind that have yet to read something
     * @param stopped that do not move while the database goes on changing
     * @param pending changes that the one farthest behind has not read
     * @param lagMillis what the one farthest behind has missed, in time
     */
    @EventType("shopsync.metrics.devices.v1")
    record Devices(
            ShopId shop, DatabaseName database, int devices, int behind, int stopped, long pending, long lagMillis)
            implements SyncSample {}
}
