package io.shopsync.orchestrator.isolation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.changes.Change;
import io.shopsync.couchdb.changes.ChangesQuery;
import io.shopsync.couchdb.database.DatabaseInfo;
import io.shopsync.couchdb.document.FetchOptions;
import io.shopsync.couchdb.document.FetchedRevision;
import io.shopsync.couchdb.document.RawJson;
import io.shopsync.couchdb.document.RevisionRef;
import io.shopsync.eventing.EventJson;
import io.shopsync.orchestrator.batch.Batcher;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.security.Guard;
import io.shopsync.orchestrator.work.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at what changed in a database since the last scan, all leaf revisions of it, for what does not belong there.
 * CouchDB itself applies the selector and sends the hits alone.
 */
@ApplicationScoped
class Scanner {

    /** How long scans take. */
    static final String DURATION = "shopsync.isolation.scan";

    /** A database with more hits than so many batches gives way to others before it goes on. */
    private static final int BATCHES_A_TURN = 20;

    private final Couch couch;
    private final ScanStates states;
    private final Quarantine quarantine;
    private final LocalDocumentScan localDocuments;
    private final DriftCheck drift;
    private final IsolationConfig config;
    private final Batcher<String, Optional<DatabaseInfo>> infos;
    private final Timer duration;

    Scanner(
            Couch couch,
            ScanStates states,
            Quarantine quarantine,
            LocalDocumentScan localDocuments,
            DriftCheck drift,
            IsolationConfig config,
            MeterRegistry metrics) {
        this.couch = couch;
        this.states = states;
        this.quarantine = quarantine;
        this.localDocuments = localDocuments;
        this.drift = drift;
        this.config = config;
        this.infos = new Batcher<>(
                "scan-infos", CouchServer.DATABASES_PER_INFO, Couch::faultOfOneRequest, names -> infos(couch, names));
        this.duration = Timer.builder(DURATION)
                .description("A look at what changed in one database")
                .publishPercentileHistogram()
                .register(metrics);
    }

    /** Scans the database from where the last scan ended. */
    WorkOutcome scan(ShopDatabase database) {
        return duration.record(() -> {
            try {
                return scanned(database);
            } catch (CouchException.NotFound missing) {
                if (missing.databaseMissing()) {
                    states.forget(database);
                    return new WorkOutcome.Gone();
                }
                throw missing;
            }
        });
    }

    private WorkOutcome scanned(ShopDatabase database) {
        quarantine.settle(database);
        var info = infos.submit(database.physicalName());
        if (info.isEmpty()) {
            states.forget(database);
            return new WorkOutcome.Gone();
        }
        var since = states.since(database, info.get().instanceStartTime());
        if (since.equals(ChangesQuery.BEGINNING) && holdsTheGuardAlone(info.get())) {
            return new WorkOutcome.Done();
        }
        var incarnation = info.get().instanceStartTime();
        var outcome = changes(database, incarnation, since);
        var untilLook = states.untilLook(database, incarnation, config.lookAroundEvery());
        if (untilLook.isZero()) {
            lookAround(database, incarnation);
            return outcome;
        }
        return outcome instanceof WorkOutcome.Done ? new WorkOutcome.Again(untilLook) : outcome;
    }

    /** What surrounds the documents is read whole each time, so that a busy database is not asked for it at each wake-up. */
    private void lookAround(ShopDatabase database, String incarnation) {
        drift.check(database);
        localDocuments.scan(database);
        states.looked(database, incarnation);
    }

    /** A database as it was just made: by far the most scans in a burst of signups, and nothing to look at. */
    private static boolean holdsTheGuardAlone(DatabaseInfo info) {
        return info.documents() <= 1 && info.deleted() == 0;
    }

    private WorkOutcome changes(ShopDatabase database, String incarnation, String from) {
        var since = from;
        for (int batch = 0; batch < BATCHES_A_TURN; batch++) {
            var query = ChangesQuery.since(since)
                    .withAllLeaves()
                    .matching(ForeignSelector.of(database.shop()))
                    .limit(config.batch());
            var page = couch.ask(
                    server -> server.database(database.physicalName()).changes().page(query));
            quarantine.take(database, violations(database, page.changes()));
            states.advance(database, incarnation, since, page.lastSeq());
            since = page.lastSeq();
            if (page.changes().size() < config.batch()) {
                return new WorkOutcome.Done();
            }
        }
        return new WorkOutcome.More();
    }

    private static List<Optional<DatabaseInfo>> infos(Couch couch, List<String> names) {
        var found = couch.ask(server -> server.databaseInfos(names));
        return names.stream().map(name -> Optional.ofNullable(found.get(name))).toList();
    }

    private List<Violation> violations(ShopDatabase database, List<Change> hits) {
        var suspects = hits.stream()
                .filter(hit -> !hit.id().equals(Guard.ID))
                .flatMap(Scanner::revisions)
                .toList();
        if (suspects.isEmpty()) {
            return List.of();
        }
        var options = FetchOptions.WHOLE.atMost(config.largestCopy());
        return couch.ask(server -> {
            var violations = new ArrayList<Violation>();
            try (var fetched = server.database(database.physicalName()).bulk().fetch(suspects, options)) {
                for (var next = fetched.next(); next.isPresent(); next = fetched.next()) {
                    switch (next.get()) {
                        case FetchedRevision.Found it -> violations.add(violation(database, it.document()));
                        case FetchedRevision.Oversized it ->
                            quarantine.reportTooLarge(database, it.id(), it.rev(), it.bytes());
                        case FetchedRevision.Unavailable _ -> {
                            // Removed since the change was listed: by its writer, or by another scan.
                        }
                    }
                }
            }
            return violations;
        });
    }

    private static Stream<RevisionRef> revisions(Change hit) {
        return hit.revs().stream().map(rev -> new RevisionRef(hit.id(), rev));
    }

    private static Violation violation(ShopDatabase database, RawJson document) {
        try {
            return Violation.of(database, EventJson.mapper().readValue(document.bytes(), ObjectNode.class), document);
        } catch (IOException e) {
            throw new IllegalStateException("CouchDB sent a document that is no JSON object", e);
        }
    }
}
