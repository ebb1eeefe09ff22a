package io.shopsync.orchestrator.isolation;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.IsolationEvent.FindingRaised;
import io.shopsync.orchestrator.reconcile.Difference;
import io.shopsync.orchestrator.reconcile.Drift;
import io.shopsync.orchestrator.reconcile.DriftWitness;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
                .flatMap(difference -> finding(drift, difference).stream())
                .<Envelope<?>>map(finding -> Envelope.of(Findings.SOURCE, now, finding)
                        .causedBy(drift.report().id()))
                .toList();
    }

    private static Optional<FindingRaised> finding(Drift drift, Difference difference) {
        return switch (difference.repair()) {
            case SECURITY_SET -> Optional.of(ofDatabase(drift, FindingKind.SECURITY_DRIFT, difference));
            case GUARD_INSTALLED -> Optional.of(ofDatabase(drift, FindingKind.GUARD_DRIFT, difference));
            case REVISIONS_LIMIT_SET -> Optional.of(ofDatabase(drift, FindingKind.LIMIT_DRIFT, difference));
            case LOGIN_WRITTEN, LOGIN_REMOVED -> Optional.of(ofLogin(drift, difference));
            // A database that was lost is a loss, not a breach: DriftRepaired tells of it.
            case DATABASE_CREATED, DATABASE_DROPPED -> Optional.empty();
            // The replication tells of its jobs itself.
            case REPLICATION_JOB_WRITTEN -> Optional.empty();
        };
    }

    private static FindingRaised ofDatabase(Drift drift, FindingKind kind, Difference difference) {
        return Findings.about(
                drift.shop(), difference.target(), kind, Optional.empty(), REPAIRED, details(drift, difference));
    }

    private static FindingRaised ofLogin(Drift drift, Difference difference) {
        var details = details(drift, difference);
        details.put("login", difference.target());
        return Findings.about(drift.shop(), "_users", FindingKind.USER_DRIFT, Optional.empty(), REPAIRED, details);
    }

    private static Map<String, String> details(Drift drift, Difference difference) {
        var details = new HashMap<>(Map.of("found", difference.found()));
        drift.place().ifPresent(place -> details.put("place", place.name().toLowerCase(Locale.ROOT)));
        return details;
    }
}
