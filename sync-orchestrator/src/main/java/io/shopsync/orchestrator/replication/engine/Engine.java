package io.shopsync.orchestrator.replication.engine;

import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.replication.pair.EngineKind;
import io.shopsync.orchestrator.replication.pair.Pair;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.PairLedger;
import io.shopsync.orchestrator.replication.pair.RunEnd;
import java.util.Collection;

/** Has the documents of pairs copied. */
public interface Engine {

    /** Which one it is. */
    EngineKind kind();

    /**
     * Sees to the pair, which {@link PairLedger#begin} has let begin, and says how it stands then: copied up to now, or
     * copied by somebody who goes on after this returns. What fails is the end's reason, never thrown.
     */
    RunEnd run(Way way, Pair pair);

    /**
     * Ends what goes on for these pairs, wherever; without effect on those for which nothing does.
     *
     * @throws RuntimeException where nobody can be sure that it has ended
     */
    void halt(Collection<PairId> pairs);

    /**
     * Ends what goes on for a shop, so that its databases can be removed.
     *
     * @throws RuntimeException where nobody can be sure that it has ended
     */
    void halt(ShopId shop);
}
