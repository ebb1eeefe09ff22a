package io.shopsync.orchestrator.isolation;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.IsolationEvent.FindingRaised;
import io.shopsync.orchestrator.reconcile.Difference;
import io.shopsync.orchestrator.reconcile.Drift;
import io.shopsync.orchestrator.reconcile.DriftWitness;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says as findings what a mended drift meant for isolation: one a database or login, with what was found there. */
@ApplicationScoped
class DriftFindings implements DriftWitness {

    private static final String REPAIRED = "repaired";

    @Override
    public List<Envelope<?>> witness(Drift drift) {
        var now = Instant.now();
        return drift.repairs().stream()
                .flatMap(difference -> finding(drift.shop(), difference).stream())
                .<Envelope<?>>map(finding -> Envelope.of(Findings.SOURCE, now, finding)
                        .causedBy(drift.report().id()))
                .toList();
    }

    private static Optional<FindingRaised> finding(ShopId shop, Difference difference) {
        return switch (difference.repair()) {
            case SECURITY_SET -> Optional.of(ofDatabase(shop, FindingKind.SECURITY_DRIFT, difference));
            case GUARD_INSTALLED -> Optional.of(ofDatabase(shop, FindingKind.GUARD_DRIFT, difference));
            case LOGIN_WRITTEN, LOGIN_REMOVED -> Optional.of(ofLogin(shop, difference));
            // A database that was lost is a loss, not a breach: DriftRepaired tells of it.
            case DATABASE_CREATED, DATABASE_DROPPED -> Optional.empty();
            // The replication tells of its jobs itself.
            case REPLICATION_JOB_WRITTEN -> Optional.empty();
        };
    }

    private static FindingRaised ofDatabase(ShopId shop, FindingKind kind, Difference difference) {
        return Findings.about(
                shop, difference.target(), kind, Optional.empty(), REPAIRED, Map.of("found", difference.found()));
    }

    private static FindingRaised ofLogin(ShopId shop, Difference difference) {
        return Findings.about(
                shop,
                "_users",
                FindingKind.USER_DRIFT,
                Optional.empty(),
                REPAIRED,
                Map.of("login", difference.target(), "found", difference.found()));
    }
}
