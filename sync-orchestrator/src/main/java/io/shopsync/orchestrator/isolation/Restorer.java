package io.shopsync.orchestrator.isolation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.document.LeafRevision;
import io.shopsync.couchdb.document.WriteOutcome;
import io.shopsync.orchestrator.couchdb.Couch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Writes released revisions to a shop's database. */
@ApplicationScoped
class Restorer {

    private static final Set<String> OF_THE_STORE = Set.of("_revisions", "_attachments");

    private final Couch couch;

    Restorer(Couch couch) {
        this.couch = couch;
    }

    /** The database does not take the revision. */
    static final class NotTaken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotTaken(String why) {
            super(why);
        }
    }

    /**
     * Whether the database has gone on from this revision, or has other content under its name: writing it would then
     * change nothing, although the content is not there.
     */
    boolean isPast(String database, Restoration restoration) {
        if (!knows(database, restoration)) {
            return false;
        }
        return couch
                .ask(server -> server.database(database).documents().leaves(restoration.documentId(), true))
                .stream()
                .noneMatch(leaf -> leaf instanceof LeafRevision.Found found
                        && found.rev().equals(restoration.revision())
                        && sameContent(found.document(), restoration.body()));
    }

    /** Whether the database has the revision, or had it. */
    boolean knows(String database, Restoration restoration) {
        return couch.ask(server -> server.database(database)
                .bulk()
                .missing(Map.of(restoration.documentId(), List.of(restoration.revision())))
                .isEmpty());
    }

    /**
     * Writes the revision and makes sure that the database has it. A document of the same id that came to be meanwhile
     * stays: CouchDB keeps both as a conflict.
     *
     * @throws NotTaken where CouchDB refuses it for good
     */
    void write(String database, Restoration restoration) {
        try {
            var refused = couch.ask(server -> server.database(database).bulk().replicate(List.of(restoration.json())));
            refused.stream().findFirst().ifPresent(Restorer::notTaken);
        } catch (CouchException.NotFound | CouchException.TooLarge e) {
            throw new NotTaken(e.error() + ": " + e.reason());
        }
        if (!knows(database, restoration)) {
            throw new IllegalStateException(
                    database + " said that it stored a revision and does not have it: " + restoration.revision());
        }
    }

    private static void notTaken(WriteOutcome.Refused refused) {
        if (refused.transientFailure()) {
            throw new IllegalStateException("CouchDB failed to store a revision: " + refused.error());
        }
        throw new NotTaken(refused.error() + ": " + refused.reason());
    }

    private static boolean sameContent(ObjectNode stored, ObjectNode restored) {
        return stored.deepCopy()
                        .without(OF_THE_STORE)
                        .equals(restored.deepCopy().without(OF_THE_STORE))
                && sameAttachments(stored.path("_attachments"), restored.path("_attachments"));
    }

    private static boolean sameAttachments(JsonNode stored, JsonNode restored) {
        return stored.size() == restored.size()
                && stored.properties().stream()
                        .allMatch(one -> Objects.equals(
                                one.getValue().get("data"),
                                restored.path(one.getKey()).get("data")));
    }
}
