package io.shopsync.orchestrator.replication.jobs;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.IsolationEvent.FindingRaised;
import io.shopsync.contracts.sync.SyncEvent.DriftRepaired;
import io.shopsync.contracts.sync.SyncEvent.Repair;
import io.shopsync.contracts.sync.SyncEvent.RepairKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is told of a job that somebody changed or deleted, and that was put right. */
final class JobDrift {

    private static final String SOURCE = "/sync-orchestrator/replication";

    private JobDrift() {}

    /** @param found in what it differed, each with what was there; nothing of passwords */
    static List<Envelope<?>> told(WantedJob job, SortedMap<String, String> found, Instant now) {
        var shop = job.pair().database().shop();
        var repaired = Envelope.of(
                SOURCE,
                now,
                new DriftRepaired(
                        shop, List.of(new Repair(RepairKind.REPLICATION_JOB_WRITTEN, job.id())), Optional.empty()));
        Map<String, String> details = new TreeMap<>(Map.of("job", job.id()));
        found.forEach((field, there) -> details.put("found." + field, there));
        var finding = new FindingRaised(
                shop,
                FindingKind.REPLICATION_DRIFT,
                FindingKind.REPLICATION_DRIFT.severity(),
                Optional.of(job.pair().database().physicalName()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "repaired",
                Optional.empty(),
                details);
        return List.of(repaired, Envelope.of(SOURCE, now, finding).causedBy(repaired.id()));
    }
}
