package io.shopsync.orchestrator.replication.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.protocol.Admission;
import io.shopsync.orchestrator.replication.protocol.Replication;
import io.shopsync.orchestrator.replication.protocol.ReplicationId;
import java.util.Optional;

/**
 * A pair with the databases it is about.
 *
 * @param selector only documents that match it
 * @param admission only documents that it has no objection to
 */
public record Way(PairId pair, Remote source, Remote target, Optional<JsonNode> selector, Admission admission) {

    /** A way on which the target alone refuses documents. */
    public Way(PairId pair, Remote source, Remote target, Optional<JsonNode> selector) {
        this(pair, source, target, selector, Admission.BY_TARGET);
    }

    /**
     * The replication of what is there now, with the usual limits.
     *
     * @throws RuntimeException where a server is known to be away
     */
    public Replication replication() {
        var plain =
                Replication.of(replicationId(), source.open(), target.open()).admitting(admission);
        return selector.map(plain::matching).orElse(plain);
    }

    /** The id of its checkpoints. */
    public ReplicationId replicationId() {
        return ReplicationId.of(source.name(), target.name(), selector);
    }
}
