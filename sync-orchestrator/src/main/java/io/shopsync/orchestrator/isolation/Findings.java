package io.shopsync.orchestrator.isolation;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.IsolationEvent.FindingRaised;
import io.shopsync.eventing.Outbox;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/** Publishes findings, one a violation. */
@ApplicationScoped
class Findings {

    static final String SOURCE = "/sync-orchestrator/isolation";

    private static final String FIRST = "insert into raised_finding (key) values (?) on conflict do nothing";

    private final Outbox outbox;
    private final QuarantineRegister register;
    private final Jdbc jdbc;

    Findings(Outbox outbox, QuarantineRegister register, Jdbc jdbc) {
        this.outbox = outbox;
        this.register = register;
        this.jdbc = jdbc;
    }

    /** Reports what was done about quarantined documents; those reported before are passed over. */
    @Transactional
    void settled(Map<Quarantined, String> actions) {
        var news = new HashSet<>(register.settled(actions));
        var now = Instant.now();
        outbox.publish(actions.entrySet().stream()
                .filter(entry -> news.contains(entry.getKey().id()))
                .map(entry -> Envelope.of(SOURCE, now, finding(entry.getKey(), entry.getValue())))
                .toList());
    }

    /** Reports a violation that leaves no trace of its own; without effect where {@code key} was reported before. */
    @Transactional
    void raiseOnce(String key, FindingRaised finding) {
        if (jdbc.update(FIRST, key) == 1) {
            outbox.publish(Envelope.of(SOURCE, Instant.now(), finding));
        }
    }

    /** A finding about a database, or one document of it. */
    static FindingRaised about(
            ShopDatabase database,
            FindingKind kind,
            Optional<String> documentId,
            String action,
            Map<String, String> details) {
        return about(database.shop(), database.physicalName(), kind, documentId, action, details);
    }

    static FindingRaised about(
            ShopId shop,
            String physicalName,
            FindingKind kind,
            Optional<String> documentId,
            String action,
            Map<String, String> details) {
        return new FindingRaised(
                shop,
                kind,
                kind.severity(),
                Optional.of(physicalName),
                documentId,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                action,
                Optional.empty(),
                details);
    }

    private static FindingRaised finding(Quarantined document, String action) {
        return new FindingRaised(
                document.database().shop(),
                document.finding(),
                document.finding().severity(),
                Optional.of(document.database().physicalName()),
                Optional.of(document.documentId()),
                Optional.of(document.revision()),
                document.foundShopId(),
                Optional.empty(),
                action,
                Optional.of(document.id().toString()),
                Map.of(
                        "sha256",
                        document.sha256(),
                        "foundAt",
                        document.foundAt().toString()));
    }
}
