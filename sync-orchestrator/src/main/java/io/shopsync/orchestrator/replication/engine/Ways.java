package io.shopsync.orchestrator.replication.engine;

import io.shopsync.orchestrator.replication.pair.PairId;
import java.util.Optional;

/** Knows the databases behind the pairs of one kind of target. */
public interface Ways {

    /** The databases of a pair; empty where its target is of another kind, or there no more. */
    Optional<Way> of(PairId pair);
}
