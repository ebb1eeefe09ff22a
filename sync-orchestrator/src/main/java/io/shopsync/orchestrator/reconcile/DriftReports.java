package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.sync.SyncEvent.RepairPlace;
import io.shopsync.orchestrator.desired.DesiredShop;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What is told of drift that was put right: the repair, and what it meant to those who witness it. */
@ApplicationScoped
public class DriftReports {

    private static final Logger LOG = Logger.getLogger(DriftReports.class);

    private final ReconcileMetrics metrics;
    private final Instance<DriftWitness> witnesses;

    DriftReports(ReconcileMetrics metrics, @Any Instance<DriftWitness> witnesses) {
        this.metrics = metrics;
        this.witnesses = witnesses;
    }

    /**
     * The events to publish in the transaction that takes the drift for reported.
     *
     * @param place which CouchDB, where it is not the one that the shop lives in
     */
    public List<Envelope<?>> of(DesiredShop shop, Optional<RepairPlace> place, List<Difference> differences) {
        LOG.warnf(
                "drift of %s repaired%s: %s",
                shop.shop(), place.map(it -> " at " + it).orElse(""), differences);
        metrics.drifted();
        var report = Reports.repaired(shop, place, differences, Instant.now());
        var drift = new Drift(shop.shop(), place, differences, report);
        var told = new ArrayList<Envelope<?>>(List.of(report));
        witnesses.forEach(witness -> told.addAll(witness.witness(drift)));
        return told;
    }
}
