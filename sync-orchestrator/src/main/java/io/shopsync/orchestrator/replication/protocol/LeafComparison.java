package io.shopsync.orchestrator.replication.protocol;

import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.changes.ChangesQuery;
import io.shopsync.couchdb.document.MissingRevisions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds leaf revisions that one database has and another lacks, page by page and in bounded memory. Asked both ways it
 * says whether two databases are equal.
 */
public final class LeafComparison {

    private static final String DESIGN = "_design/";

    private final Replication replication;

    public LeafComparison(Replication replication) {
        this.replication = replication;
    }

    /**
     * Tells {@code differences} which leaves of the source the target lacks, a page at a time, and returns how many leaves
     * were compared. What is written meanwhile may be among them.
     *
     * @throws CouchException as the failing side gave it
     */
    public long missingAtTarget(Consumer<Map<String, MissingRevisions>> differences) {
        return missingAtTarget(ChangesQuery.BEGINNING, differences);
    }

    /**
     * The same for what the source got after {@code since}.
     *
     * @throws CouchException as the failing side gave it
     */
    public long missingAtTarget(String since, Consumer<Map<String, MissingRevisions>> differences) {
        var limit = replication.limits().changesPerPage();
        var query = ChangesQuery.since(since).withAllLeaves().limit(limit).seqInterval(limit);
        query = replication.selector().map(query::matching).orElse(query);
        long compared = 0;
        while (true) {
            var page = replication.source().changes().page(query);
            var leaves = new LinkedHashMap<String, List<String>>();
            for (var change : page.changes()) {
                if (replication.designDocuments() || !change.id().startsWith(DESIGN)) {
                    leaves.put(change.id(), change.revs());
                    compared += change.revs().size();
                }
            }
            var missing = replication.target().bulk().missing(leaves);
            if (!missing.isEmpty()) {
                differences.accept(missing);
            }
            if (page.changes().size() < limit) {
                return compared;
            }
            query = query.from(page.lastSeq());
        }
    }
}
