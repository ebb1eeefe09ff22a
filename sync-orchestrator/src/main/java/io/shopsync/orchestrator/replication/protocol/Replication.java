package io.shopsync.orchestrator.replication.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.Database;
import java.util.Objects;
import java.util.Optional;

/**
 * What is copied where.
 *
 * @param id names its checkpoints
 * @param selector only revisions that match this Mango selector, looked at by the source. A deletion matches by what its
 *     tombstone holds: bare ones need a clause of their own ({@code {"_deleted": true}}) or stay behind
 * @param admission what must not reach the target though the target would take it
 * @param designDocuments whether design documents are copied. A replica that has a guard of its own must say no: the
 *     source's would become a conflicting revision of it
 */
public record Replication(
        ReplicationId id,
        Database source,
        Database target,
        Optional<JsonNode> selector,
        Admission admission,
        boolean designDocuments,
        ReplicationLimits limits) {

    public Replication {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(selector, "selector");
        Objects.requireNonNull(admission, "admission");
        Objects.requireNonNull(limits, "limits");
    }

    /** All documents but design documents, with the usual limits. */
    public static Replication of(ReplicationId id, Database source, Database target) {
        return new Replication(
                id, source, target, Optional.empty(), Admission.BY_TARGET, false, ReplicationLimits.DEFAULT);
    }

    /** The same for matching revisions alone. */
    public Replication matching(JsonNode wanted) {
        return new Replication(id, source, target, Optional.of(wanted), admission, designDocuments, limits);
    }

    /** The same for what is admitted alone; the rest is refused as if by the target. */
    public Replication admitting(Admission wanted) {
        return new Replication(id, source, target, selector, wanted, designDocuments, limits);
    }

    /** The same with design documents. */
    public Replication withDesignDocuments() {
        return new Replication(id, source, target, selector, admission, true, limits);
    }

    /** The same with other limits. */
    public Replication within(ReplicationLimits other) {
        return new Replication(id, source, target, selector, admission, designDocuments, other);
    }
}
