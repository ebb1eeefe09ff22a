package io.shopsync.audit.finding;

import io.shopsync.audit.intake.IncomingEvent;
import io.shopsync.audit.intake.Intake;
import io.shopsync.audit.ledger.Ledger;
import io.shopsync.contracts.EventTypes;
import io.shopsync.contracts.Topic;
import io.shopsync.contracts.isolation.IsolationEvent.FindingEnded;
import io.shopsync.contracts.isolation.IsolationEvent.FindingRaised;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Listens to violations: each goes into the ledger and, in the same transaction, among the findings. */
@ApplicationScoped
class FindingConsumer {

    private static final String FINDING_RAISED = EventTypes.nameOf(FindingRaised.class);

    private static final String FINDING_ENDED = EventTypes.nameOf(FindingEnded.class);

    private final Intake intake;
    private final Ledger ledger;
    private final FindingStore findings;
    private final FindingMetrics metrics;

    FindingConsumer(Intake intake, Ledger ledger, FindingStore findings, FindingMetrics metrics) {
        this.intake = intake;
        this.ledger = ledger;
        this.findings = findings;
        this.metrics = metrics;
    }

    @Incoming("isolation-findings")
    Uni<Void> findings(ConsumerRecords<String, byte[]> batch) {
        return intake.take(Topic.ISOLATION_FINDINGS, batch, this::store);
    }

    private void store(List<IncomingEvent> events) {
        var raised = events.stream()
                .filter(event -> event.type().equals(FINDING_RAISED))
                .map(Finding::from)
                .toList();
        var ended = events.stream()
                .filter(event -> event.type().equals(FINDING_ENDED))
                .map(EndedFinding::from)
                .flatMap(Optional::stream)
                .toList();
        ledger.store(events, connection -> {
            findings.insert(connection, raised);
            findings.end(connection, ended);
        });
        metrics.stored(raised);
    }
}
