package io.shopsync.orchestrator.replication.jobs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.changes.ChangesPage;
import io.shopsync.couchdb.changes.ChangesQuery;
import io.shopsync.couchdb.document.DocumentRow;
import io.shopsync.couchdb.document.WriteOutcome;
import io.shopsync.couchdb.replicator.ScheduledDocument;
import io.shopsync.couchdb.replicator.SchedulerPage;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.security.SecurityPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** The replicator's database of our CouchDB: one for all shops, which server admins alone may read. */
@ApplicationScoped
class JobDocuments {

    static final String DATABASE = "_replicator";

    private static final Logger LOG = Logger.getLogger(JobDocuments.class);
    private static final int AT_A_TIME = 1000;
    private static final int TRIES = 3;

    private final Couch couch;

    JobDocuments(Couch couch) {
        this.couch = couch;
    }

    /** The document as it is stored, passwords among it. */
    Optional<ObjectNode> find(String id) {
        return asked(database -> database.documents().get(id), Optional.empty());
    }

    /** Writes a document over the revision that is there, so that CouchDB begins with it anew. */
    void write(ObjectNode document, Optional<String> replaces) {
        var written = document.deepCopy();
        replaces.ifPresent(rev -> written.put("_rev", rev));
        couch.ask(server -> {
            var database = server.database(DATABASE);
            var id = document.path("_id").asText();
            try {
                return database.documents().put(id, written);
            } catch (CouchException.NotFound missing) {
                if (!missing.databaseMissing()) {
                    throw missing;
                }
                database.create(1);
                database.putSecurity(SecurityPolicy.CLOSED);
                return database.documents().put(id, written);
            }
        });
    }

    /** Ends jobs, those that there are. */
    void remove(Collection<String> ids) {
        var left = List.copyOf(ids);
        for (int tries = 1; !left.isEmpty(); tries++) {
            var asked = left;
            var there = asked(database -> database.rows(asked), List.<DocumentRow>of()).stream()
                    .filter(DocumentRow.Present.class::isInstance)
                    .map(DocumentRow.Present.class::cast)
                    .map(row -> JsonNodeFactory.instance
                            .objectNode()
                            .put("_id", row.id())
                            .put("_rev", row.rev())
                            .put("_deleted", true))
                    .toList();
            left = there.isEmpty()
                    ? List.of()
                    : couch.ask(server -> server.database(DATABASE).bulk().write(there)).stream()
                            .filter(WriteOutcome.Refused.class::isInstance)
                            .map(WriteOutcome::id)
                            .toList();
            if (!left.isEmpty() && tries == TRIES) {
                throw new IllegalStateException("CouchDB does not let go of the replication jobs " + left);
            }
        }
    }

    /** Ends all jobs whose ids begin so. */
    void removeAll(String prefix) {
        while (true) {
            var ids = asked(
                            database -> database.documentsAfter(prefix, AT_A_TIME, false),
                            List.<DocumentRow.Present>of())
                    .stream()
                    .map(DocumentRow.Present::id)
                    .filter(id -> id.startsWith(prefix))
                    .toList();
            if (ids.isEmpty()) {
                return;
            }
            remove(ids);
        }
    }

    /** How the scheduler sees a document; empty where it knows none yet. */
    Optional<ScheduledDocument> scheduled(String id) {
        return couch.ask(server -> server.replicator(DATABASE).scheduled(id));
    }

    /** How the scheduler sees all documents, some of them. */
    SchedulerPage<ScheduledDocument> scheduled(int limit, long skip) {
        try {
            return couch.ask(server -> server.replicator(DATABASE).scheduled(limit, skip));
        } catch (CouchException.NotFound _) {
            return new SchedulerPage<>(0, 0, List.of());
        }
    }

    /** Which documents were written since. */
    ChangesPage changes(String since) {
        return asked(
                database -> database.changes().page(ChangesQuery.since(since)),
                new ChangesPage(List.of(), ChangesQuery.BEGINNING, OptionalLong.empty()));
    }

    /** Nobody but server admins may have anything to do with the database: it holds passwords. */
    void keepClosed() {
        var open = asked(database -> !database.security().equals(SecurityPolicy.CLOSED), false);
        if (open) {
            LOG.errorf(
                    "%s was open to others than server admins; it is closed again. Find out who opened it", DATABASE);
            asked(
                    database -> {
                        database.putSecurity(SecurityPolicy.CLOSED);
                        return null;
                    },
                    null);
        }
    }

    private <T> T asked(Function<Database, T> request, T where404) {
        try {
            return couch.ask(server -> request.apply(server.database(DATABASE)));
        } catch (CouchException.NotFound _) {
            return where404;
        }
    }
}
