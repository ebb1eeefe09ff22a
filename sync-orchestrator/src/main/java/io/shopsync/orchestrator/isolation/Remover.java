package io.shopsync.orchestrator.isolation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.couchdb.document.WriteOutcome;
import io.shopsync.orchestrator.couchdb.Couch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removes by policy what lies in quarantine. It may be asked twice for the same: what is gone already counts as
 * removed.
 */
@ApplicationScoped
class Remover {

    /** At most so many documents does CouchDB purge in one request by default. */
    private static final int PURGED_AT_ONCE = 100;

    private final Couch couch;
    private final RemovalPolicy policy;

    Remover(Couch couch, IsolationConfig config) {
        this.couch = couch;
        this.policy = config.removal();
    }

    /** Those of the documents that are dealt with as the policy asks, each with the word for it. */
    Map<Quarantined, String> remove(ShopDatabase database, List<Quarantined> documents) {
        if (policy == RemovalPolicy.REPORT_ONLY) {
            return named(documents, policy);
        }
        var byKind = documents.stream().collect(Collectors.partitioningBy(Remover::isLocal));
        byKind.get(true)
                .forEach(document -> couch.ask(server ->
                        server.database(database.physicalName()).local().delete(document.documentId())));
        var removed = named(byKind.get(true), RemovalPolicy.PURGE);
        removed.putAll(removeRevisions(database, byKind.get(false)));
        return removed;
    }

    /** A {@code _local} document is in no feed: its removal reaches nobody else, as a purge. */
    private static boolean isLocal(Quarantined document) {
        return document.documentId().startsWith(Violation.LOCAL);
    }

    private Map<Quarantined, String> removeRevisions(ShopDatabase database, List<Quarantined> documents) {
        return switch (policy) {
            case REPORT_ONLY -> named(documents, policy);
            case PURGE -> named(purge(database, documents), RemovalPolicy.PURGE);
            case TOMBSTONE -> {
                // A deletion cannot follow a deletion: what a foreign tombstone carries is purged.
                var byDeletion = documents.stream().collect(Collectors.partitioningBy(Quarantined::deleted));
                var removed = named(tombstone(database, byDeletion.get(false)), RemovalPolicy.TOMBSTONE);
                removed.putAll(named(purge(database, byDeletion.get(true)), RemovalPolicy.PURGE));
                yield removed;
            }
        };
    }

    private static Map<Quarantined, String> named(Collection<Quarantined> documents, RemovalPolicy done) {
        var named = new HashMap<Quarantined, String>();
        documents.forEach(document -> named.put(document, done.action()));
        return named;
    }

    private Set<Quarantined> tombstone(ShopDatabase database, List<Quarantined> documents) {
        if (documents.isEmpty()) {
            return Set.of();
        }
        var tombstones = documents.stream()
                .map(document -> tombstone(database, document))
                .toList();
        var outcomes = couch.ask(
                server -> server.database(database.physicalName()).bulk().write(tombstones));
        var removed = new HashSet<Quarantined>();
        for (int i = 0; i < outcomes.size(); i++) {
            switch (outcomes.get(i)) {
                case WriteOutcome.Stored _ -> removed.add(documents.get(i));
                // It is no leaf any more: it was removed before, or has a successor, which is looked at for itself.
                case WriteOutcome.Refused refused
                when refused.cause() == WriteOutcome.Cause.CONFLICT -> removed.add(documents.get(i));
                case WriteOutcome.Refused refused ->
                    throw new NotRemoved(database, documents.get(i), refused.error() + ": " + refused.reason());
            }
        }
        return removed;
    }

    private static ObjectNode tombstone(ShopDatabase database, Quarantined document) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("_id", document.documentId())
                .put("_rev", document.revision())
                .put("_deleted", true)
                .put("shopId", database.shop().value());
    }

    private Set<Quarantined> purge(ShopDatabase database, List<Quarantined> documents) {
        for (int from = 0; from < documents.size(); from += PURGED_AT_ONCE) {
            var part = documents.subList(from, Math.min(documents.size(), from + PURGED_AT_ONCE));
            Map<String, List<String>> revisions = part.stream()
                    .collect(Collectors.groupingBy(
                            Quarantined::documentId, Collectors.mapping(Quarantined::revision, Collectors.toList())));
            couch.ask(server -> server.database(database.physicalName()).bulk().purge(revisions));
        }
        return Set.copyOf(documents);
    }

    /** CouchDB refused to remove a document; the scan is tried again. */
    private static final class NotRemoved extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotRemoved(ShopDatabase database, Quarantined document, String why) {
            super("a document of " + database + " in quarantine as " + document.id() + " is not removed: " + why);
        }
    }
}
