package io.shopsync.orchestrator.replication.jobs;

import io.shopsync.contracts.Envelope;
import io.shopsync.orchestrator.replication.pair.PairId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** Keeps the documents of jobs as they should be, and tells of those that somebody else changed. */
@ApplicationScoped
class JobKeeper {

    private static final Logger LOG = Logger.getLogger(JobKeeper.class);

    private final JobDocuments documents;
    private final JobRecords records;

    JobKeeper(JobDocuments documents, JobRecords records) {
        this.documents = documents;
        this.records = records;
    }

    /**
     * Makes the document as wished.
     *
     * @return what is known of the job; empty where the pair was paused or forgotten meanwhile, and so has none
     */
    Optional<JobRecord> keep(WantedJob wanted, String births) {
        var known = records.find(wanted.pair());
        if (known.filter(it -> !it.births().equals(births)).isPresent()) {
            // A job goes on from where it was, whatever its databases have lost: a new one reads the checkpoints.
            documents.remove(List.of(wanted.id()));
            return written(wanted, births, List.of());
        }
        var stored = documents.find(wanted.id());
        var differences = stored.map(wanted::differences).orElseGet(JobKeeper::deleted);
        if (differences.isEmpty() && known.isPresent()) {
            return known;
        }
        if (!differences.isEmpty()) {
            documents.write(wanted.document(), stored.map(it -> it.path("_rev").asText()));
        }
        return recorded(wanted, births, drift(wanted, known, differences));
    }

    /** Has CouchDB begin with the job at once, whatever it waits for. */
    Optional<JobRecord> makeAnew(WantedJob wanted, String births) {
        documents.remove(List.of(wanted.id()));
        return written(wanted, births, List.of());
    }

    /** Ends jobs. */
    void remove(Collection<PairId> pairs) {
        documents.remove(pairs.stream().map(JobIds::of).toList());
        pairs.forEach(records::forget);
    }

    private Optional<JobRecord> written(WantedJob wanted, String births, List<Envelope<?>> told) {
        documents.write(wanted.document(), Optional.empty());
        return recorded(wanted, births, told);
    }

    private Optional<JobRecord> recorded(WantedJob wanted, String births, List<Envelope<?>> told) {
        var recorded = records.written(wanted, births, told);
        if (recorded.isEmpty()) {
            documents.remove(List.of(wanted.id()));
        }
        return recorded;
    }

    /** What we wrote ourselves by the same wish, and is otherwise now. A new password is a wish of which we keep no trace. */
    private static List<Envelope<?>> drift(
            WantedJob wanted, Optional<JobRecord> known, SortedMap<String, String> differences) {
        var bySomebody = new TreeMap<>(differences);
        bySomebody.remove(WantedJob.CREDENTIALS);
        if (bySomebody.isEmpty()
                || known.filter(it -> it.fingerprint().equals(wanted.fingerprint()))
                        .isEmpty()) {
            return List.of();
        }
        LOG.warnf("the job of %s was changed and is put right: %s", wanted.pair(), bySomebody);
        return JobDrift.told(wanted, bySomebody, Instant.now());
    }

    private static SortedMap<String, String> deleted() {
        return new TreeMap<>(Map.of("document", "none"));
    }
}
