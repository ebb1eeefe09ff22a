package io.shopsync.orchestrator.replication.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.document.MissingRevisions;
import io.shopsync.orchestrator.replication.engine.Way;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.protocol.DocumentCopy;
import io.shopsync.orchestrator.replication.protocol.LeafComparison;
import io.shopsync.orchestrator.replication.protocol.RefusedDocument;
import io.shopsync.orchestrator.replication.protocol.Replication;
import io.shopsync.orchestrator.replication.protocol.ReplicationListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares both sides of a pair leaf by leaf, and copies what the target lacks where that is wanted. */
final class Verification {

    /** More differences are counted, not listed. */
    private static final int LISTED = 50;

    private final Way way;
    private final boolean mend;
    private final List<RefusedDocument> refused = new ArrayList<>();
    private final ObjectNode result = JsonNodeFactory.instance.objectNode();
    private long missing;
    private long extra;
    private long mended;

    Verification(Way way, boolean mend) {
        this.way = way;
        this.mend = mend;
    }

    /** What differs, as JSON. What is written meanwhile may be among it. */
    ObjectNode run() {
        name(result, way.pair());
        var replication = way.replication();
        var reverse = new Replication(
                replication.id(),
                /* source= */ replication.target(),
                /* target= */ replication.source(),
                replication.selector(),
                replication.admission(),
                replication.designDocuments(),
                replication.limits());
        result.put("sourceDocuments", replication.source().info().documents());
        result.put("targetDocuments", replication.target().info().documents());
        var differences = result.putArray("differences");
        var compared = new LeafComparison(replication).missingAtTarget(page -> {
            missing += revisions(page);
            page.forEach((id, revisions) ->
                    list(differences.size() < LISTED ? differences.addObject() : null, id, revisions, "target"));
            if (mend) {
                mended += new DocumentCopy(replication, new Listener())
                        .copy(List.copyOf(page.keySet()))
                        .written();
            }
        });
        new LeafComparison(reverse).missingAtTarget(page -> {
            extra += revisions(page);
            page.forEach((id, revisions) ->
                    list(differences.size() < LISTED ? differences.addObject() : null, id, revisions, "source"));
        });
        return result.put("comparedRevisions", compared)
                .put("missingAtTarget", missing)
                .put("missingAtSource", extra)
                .put("mended", mended)
                .put("refused", refused.size())
                .put("equal", missing == 0 && extra == 0);
    }

    static void name(ObjectNode into, PairId pair) {
        into.put("database", pair.database().name().value())
                .put("shop", pair.database().shop().value())
                .put("target", pair.target())
                .put("direction", pair.direction().name());
    }

    private static void list(ObjectNode entry, String id, MissingRevisions revisions, String side) {
        if (entry != null) {
            entry.put("documentId", id).put("missingAt", side);
            var revs = entry.putArray("revisions");
            revisions.missing().stream().limit(LISTED).forEach(revs::add);
        }
    }

    private static long revisions(Map<String, MissingRevisions> page) {
        return page.values().stream().mapToLong(it -> it.missing().size()).sum();
    }

    private final class Listener implements ReplicationListener {
        @Override
        public void refused(List<RefusedDocument> documents) {
            refused.addAll(documents);
        }
    }
}
