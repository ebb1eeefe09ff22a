package io.shopsync.orchestrator.isolation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.document.GetOptions;
import io.shopsync.couchdb.document.WriteOutcome;
import io.shopsync.orchestrator.couchdb.Couch;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * The copies, in a database of the control plane's that CouchDB opens to server admins alone, as it does for every new
 * database. A copy's id is its violation's, so that copying twice leaves one.
 */
@ApplicationScoped
class QuarantineStore {

    private static final String DOCUMENT = "document";
    private static final Set<String> NOT_IN_THE_BODY = Set.of("_attachments");

    private final Couch couch;
    private final IsolationConfig config;

    QuarantineStore(Couch couch, IsolationConfig config) {
        this.couch = couch;
        this.config = config;
    }

    /** Stores the copies; returns those of the violations whose copy is known to be stored. */
    Set<Violation> store(List<Violation> violations) {
        var byId = new HashMap<String, Violation>();
        violations.forEach(violation -> byId.put(violation.id().toString(), violation));
        try {
            return stored(ask(quarantine -> quarantine.bulk().write(copies(byId))), byId);
        } catch (CouchException.TooLarge e) {
            // One oversized document fails the whole request (measured): find it by halving.
            if (violations.size() == 1) {
                return Set.of();
            }
            var middle = violations.size() / 2;
            var both = new HashSet<>(store(violations.subList(0, middle)));
            both.addAll(store(violations.subList(middle, violations.size())));
            return both;
        }
    }

    /** The original as it was found, with attachments' data; empty where the copy is gone. */
    Optional<ObjectNode> original(UUID id) {
        return ask(quarantine -> quarantine.documents().get(id.toString(), GetOptions.DEFAULT.withAttachments()))
                .map(QuarantineStore::originalOf);
    }

    /** Deletes a copy; without effect where there is none. */
    void discard(UUID id) {
        ask(quarantine -> {
            quarantine
                    .documents()
                    .get(id.toString())
                    .ifPresent(copy -> quarantine
                            .documents()
                            .delete(id.toString(), copy.path("_rev").asText()));
            return null;
        });
    }

    private <T> T ask(Function<Database, T> request) {
        return couch.ask(server -> {
            try {
                return request.apply(quarantine(server));
            } catch (CouchException.NotFound missing) {
                if (!missing.databaseMissing()) {
                    throw missing;
                }
                quarantine(server).create(1);
                return request.apply(quarantine(server));
            }
        });
    }

    private Database quarantine(CouchServer server) {
        return server.database(config.quarantineDatabase());
    }

    private static Set<Violation> stored(List<WriteOutcome> outcomes, Map<String, Violation> byId) {
        var stored = new HashSet<Violation>();
        for (var outcome : outcomes) {
            switch (outcome) {
                case WriteOutcome.Stored it -> stored.add(byId.get(it.id()));
                case WriteOutcome.Refused it
                when it.cause() == WriteOutcome.Cause.CONFLICT ->
                    stored.add(byId.get(it.id())); // stored by an earlier scan that was cut off
                case WriteOutcome.Refused _ -> {
                    // Without a copy nothing is removed: the caller reports it and leaves it where it is.
                }
            }
        }
        return stored;
    }

    private static List<ObjectNode> copies(Map<String, Violation> byId) {
        return byId.entrySet().stream()
                .map(entry -> copy(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static ObjectNode copy(String id, Violation violation) {
        var copy = JsonNodeFactory.instance.objectNode();
        copy.put("_id", id);
        copy.put("shop", violation.database().shop().value());
        copy.put("database", violation.database().physicalName());
        copy.put("sha256", violation.sha256());
        copy.put("copiedAt", Instant.now().toString());
        // The original's own fields must not be taken for the copy's: CouchDB refuses unknown ones with an underscore.
        copy.set(DOCUMENT, violation.body().deepCopy().without(NOT_IN_THE_BODY));
        Optional.ofNullable(violation.body().get("_attachments")).ifPresent(data -> copy.set("_attachments", data));
        return copy;
    }

    private static ObjectNode originalOf(ObjectNode copy) {
        var original = copy.withObject('/' + DOCUMENT).deepCopy();
        Optional.ofNullable(copy.get("_attachments")).ifPresent(data -> original.set("_attachments", data));
        return original;
    }
}
