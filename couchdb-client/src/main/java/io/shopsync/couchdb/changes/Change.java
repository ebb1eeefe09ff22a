package io.shopsync.couchdb.changes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A document that changed. It stands in a feed once, at its newest change.
 *
 * @param seq the opaque sequence; empty on rows that {@link ChangesQuery#seqInterval} leaves without
 * @param revs the winning revision first; with {@link ChangesQuery#allLeaves} also all others, deleted ones among them
 * @param deleted whether the winning revision is a deletion
 * @param document the winning revision, where documents were asked for
 */
public record Change(
        Optional<String> seq, String id, List<String> revs, boolean deleted, Optional<ObjectNode> document) {

    public Change {
        revs = List.copyOf(revs);
    }
}
