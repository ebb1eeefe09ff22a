package io.shopsync.orchestrator.sync.device;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.changes.ChangesQuery;
import io.shopsync.couchdb.database.DatabaseInfo;
import io.shopsync.couchdb.document.LocalDocument;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.couchdb.CouchReason;
import io.shopsync.orchestrator.couchdb.CouchUnavailable;
import io.shopsync.orchestrator.replication.jobs.JobRecords;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks CouchDB for the checkpoints in a database, and how many changes come after each. {@code _local} documents are in no
 * index and no feed, so that all of them are read each time; they are few, one or two a device.
 */
@ApplicationScoped
class CheckpointReader {

    private static final int PAGE = 200;

    private final Couch couch;
    private final JobRecords jobs;
    private final LookConfig config;

    CheckpointReader(Couch couch, JobRecords jobs, LookConfig config) {
        this.couch = couch;
        this.jobs = jobs;
        this.config = config;
    }

    /** Looks; never throws for what CouchDB does. */
    Look look(ShopDatabase database) {
        try {
            // The figures come first: a device can then not seem to have read more than there is.
            var info = couch.ask(server -> of(server, database).info());
            return new Look.Seen(info, readings(database, info, checkpoints(database)));
        } catch (CouchException.NotFound missing) {
            return missing.databaseMissing() ? new Look.Gone() : failed(missing);
        } catch (CouchException e) {
            return failed(e);
        } catch (CouchUnavailable e) {
            return new Look.Failed(e.reason(), e.getMessage());
        }
    }

    private List<Checkpoint> checkpoints(ShopDatabase database) {
        var found = new ArrayList<Checkpoint>();
        var ours = jobs.checkpoints(database);
        var after = "";
        List<LocalDocument> page;
        do {
            var from = after;
            page = couch.ask(server -> of(server, database).local().page(from, PAGE));
            page.stream()
                    .map(Checkpoint::of)
                    .flatMap(Optional::stream)
                    .filter(checkpoint -> !ours.contains(checkpoint.replicator()))
                    .forEach(found::add);
            after = page.isEmpty() ? after : page.getLast().id();
        } while (page.size() == PAGE && found.size() < config.devicesPerDatabase());
        return found.subList(0, Math.min(found.size(), config.devicesPerDatabase()));
    }

    /** One request for each sequence that differs, however many devices stand at it; none for those that are at the end. */
    private Map<Checkpoint, Device.Reading> readings(
            ShopDatabase database, DatabaseInfo info, List<Checkpoint> checkpoints) {
        var changes = info.documents() + info.deleted();
        var known = new HashMap<String, Optional<Long>>();
        known.put(info.updateSeq(), Optional.of(0L));
        var readings = new LinkedHashMap<Checkpoint, Device.Reading>();
        for (var checkpoint : checkpoints) {
            var pending = checkpoint.mayBeOurs()
                    ? known.computeIfAbsent(checkpoint.lastSeq(), seq -> pending(database, seq))
                    : Optional.<Long>empty();
            readings.put(checkpoint, new Device.Reading(pending, changes));
        }
        return readings;
    }

    /** How many changes come after a sequence; empty where CouchDB cannot read it. */
    Optional<Long> pending(ShopDatabase database, String since) {
        try {
            var page = couch.ask(server -> of(server, database)
                    .changes()
                    .page(ChangesQuery.since(since).limit(0)));
            return page.pending().isPresent() ? Optional.of(page.pending().getAsLong()) : Optional.empty();
        } catch (CouchException.BadRequest | CouchException.ServerError _) {
            // Whoever may write to the database can leave nonsense for a sequence.
            return Optional.empty();
        }
    }

    private static Look.Failed failed(CouchException e) {
        return new Look.Failed(CouchReason.of(e).code(), e.getMessage());
    }

    private static Database of(CouchServer server, ShopDatabase database) {
        return server.database(database.physicalName());
    }
}
