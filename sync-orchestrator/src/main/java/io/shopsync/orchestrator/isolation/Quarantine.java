package io.shopsync.orchestrator.isolation;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.isolation.FindingKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way of a violation: copied, noted, removed, reported, in this order. A crash between any two is made good by the
 * next scan of the database: nothing is removed before its copy is stored, and nothing removed goes unreported.
 */
@ApplicationScoped
class Quarantine {

    private final QuarantineStore store;
    private final QuarantineRegister register;
    private final Remover remover;
    private final Findings findings;
    private final IsolationConfig config;

    Quarantine(
            QuarantineStore store,
            QuarantineRegister register,
            Remover remover,
            Findings findings,
            IsolationConfig config) {
        this.store = store;
        this.register = register;
        this.remover = remover;
        this.findings = findings;
        this.config = config;
    }

    /** Takes violations of one database in, and settles them. */
    void take(ShopDatabase database, List<Violation> violations) {
        if (violations.isEmpty()) {
            return;
        }
        var copied = store.store(violations);
        register.copied(copied);
        violations.stream().filter(violation -> !copied.contains(violation)).forEach(this::reportUncopied);
        settle(database);
    }

    /** Removes and reports what is copied, also what an earlier scan that was cut off left so. */
    void settle(ShopDatabase database) {
        var unsettled = register.unsettled(database, config.batch());
        while (!unsettled.isEmpty()) {
            findings.settled(remover.remove(database, unsettled));
            unsettled = register.unsettled(database, config.batch());
        }
    }

    private void reportUncopied(Violation violation) {
        findings.raiseOnce(
                violation.id().toString(),
                Findings.about(
                        violation.database(),
                        violation.kind(),
                        Optional.of(violation.documentId()),
                        "left-in-place",
                        Map.of("reason", "the copy could not be stored", "sha256", violation.sha256())));
    }

    /** Reports a document that is too large to be copied, and is therefore left where it is. */
    void reportTooLarge(ShopDatabase database, String documentId, String revision, long bytes) {
        findings.raiseOnce(
                database.physicalName() + '\n' + documentId + '\n' + revision,
                Findings.about(
                        database,
                        FindingKind.UNMARKED_DOCUMENT,
                        Optional.of(documentId),
                        "left-in-place",
                        Map.of("reason", "larger than the quarantine takes", "bytes", Long.toString(bytes))));
    }
}
