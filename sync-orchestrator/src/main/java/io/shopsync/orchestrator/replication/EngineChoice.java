package io.shopsync.orchestrator.replication;

import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.replication.edge.EdgeConfig;
import io.shopsync.orchestrator.replication.engine.Engine;
import io.shopsync.orchestrator.replication.engine.Engines;
import io.shopsync.orchestrator.replication.engine.OnChangeEngine;
import io.shopsync.orchestrator.replication.engine.ReplicationConfig;
import io.shopsync.orchestrator.replication.jobs.JobsEngine;
import io.shopsync.orchestrator.replication.pair.EngineKind;
import io.shopsync.orchestrator.replication.pair.PairId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/**
 * The engine that the configuration names. Edges are exchanged by jobs only where an operator has said which hosts they
 * may be at: CouchDB's replicator follows redirects and looks names up for itself, past our check of addresses.
 */
@ApplicationScoped
class EngineChoice implements Engines {

    private final OnChangeEngine onChange;
    private final JobsEngine jobs;
    private final EngineKind chosen;
    private final boolean edgesAreVouchedFor;

    EngineChoice(OnChangeEngine onChange, JobsEngine jobs, ReplicationConfig config, EdgeConfig edges) {
        this.onChange = onChange;
        this.jobs = jobs;
        this.chosen = config.engine();
        this.edgesAreVouchedFor = edges.allowedHosts().isPresent();
    }

    @Override
    public Engine ofStandby() {
        return chosen == EngineKind.JOBS ? jobs : onChange;
    }

    @Override
    public Engine ofEdges() {
        return chosen == EngineKind.JOBS && edgesAreVouchedFor ? jobs : onChange;
    }

    @Override
    public void halt(Collection<PairId> pairs) {
        List.<Engine>of(onChange, jobs).forEach(engine -> engine.halt(pairs));
    }

    @Override
    public void halt(ShopId shop) {
        List.<Engine>of(onChange, jobs).forEach(engine -> engine.halt(shop));
    }
}
