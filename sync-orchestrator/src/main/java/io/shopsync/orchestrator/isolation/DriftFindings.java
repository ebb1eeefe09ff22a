package io.shopsync.orchestrator.isolation;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.IsolationEvent.FindingRaised;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.orchestrator.reconcile.Drift;
import io.shopsync.orchestrator.reconcile.DriftWitness;
import io.shopsync.orchestrator.reconcile.ObservedDatabase;
import io.shopsync.orchestrator.reconcile.ObservedDatabase.Present;
import io.shopsync.orchestrator.reconcile.Step;
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
                .flatMap(repair -> finding(drift, repair).stream())
                .<Envelope<?>>map(finding -> Envelope.of(Findings.SOURCE, now, finding)
                        .causedBy(drift.report().id()))
                .toList();
    }

    private static Optional<FindingRaised> finding(Drift drift, Step repair) {
        return switch (repair) {
            case Step.SecureDatabase step ->
                Optional.of(on(step, FindingKind.SECURITY_DRIFT, Map.of("found", security(drift, step.database()))));
            case Step.InstallGuard step ->
                Optional.of(on(
                        step,
                        FindingKind.GUARD_DRIFT,
                        Map.of("found", step.replaces().orElse("none"))));
            case Step.PutLogin step ->
                Optional.of(login(
                        drift, step.login(), step.document().has("_rev") ? "other roles or another key" : "none"));
            case Step.RemoveLogin step -> Optional.of(login(drift, step.login(), "a login that should not be"));
            // A database that was lost is a loss, not a breach: DriftRepaired tells of it.
            case Step.CreateDatabase _, Step.DropDatabase _ -> Optional.empty();
        };
    }

    private static FindingRaised on(Step.OnDatabase step, FindingKind kind, Map<String, String> details) {
        return Findings.about(step.database(), kind, Optional.empty(), REPAIRED, details);
    }

    private static FindingRaised login(Drift drift, String login, String found) {
        return Findings.about(
                drift.shop().shop(),
                "_users",
                FindingKind.USER_DRIFT,
                Optional.empty(),
                REPAIRED,
                Map.of("login", login, "found", found));
    }

    private static String security(Drift drift, ShopDatabase database) {
        return switch (drift.found().databases().get(database)) {
            case Present present ->
                present.security().map(SecurityDocument::toString).orElse("unreadable");
            case ObservedDatabase.Missing _ -> "none";
            case null -> "none";
        };
    }
}
