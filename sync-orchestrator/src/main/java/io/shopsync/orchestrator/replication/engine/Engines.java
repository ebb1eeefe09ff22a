package io.shopsync.orchestrator.replication.engine;

import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.replication.pair.PairId;
import java.util.Collection;

/** Which engine copies what. */
public interface Engines {

    /** The one that keeps the standby. */
    Engine ofStandby();

    /** The one that exchanges documents with edges. */
    Engine ofEdges();

    /** Ends what any engine has going on for these pairs, also one that was chosen before; as {@link Engine#halt}. */
    void halt(Collection<PairId> pairs);

    /** The same for all of a shop. */
    void halt(ShopId shop);
}
