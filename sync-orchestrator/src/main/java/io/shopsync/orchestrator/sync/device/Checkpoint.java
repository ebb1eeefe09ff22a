package io.shopsync.orchestrator.sync.device;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.document.LocalDocument;
import io.shopsync.orchestrator.replication.protocol.ReplicationId;
import io.shopsync.orchestrator.replication.protocol.ReplicationLog;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one replicator left in a database.
 *
 * @param replicator the replication's id, without {@code _local/}: PouchDB's and CouchDB's is a hash of source, target
 *     and filter, so that each till and each direction has its own
 * @param session what the replicator called its last run
 * @param lastSeq the last sequence, of the source, that it has copied
 * @param recordedAt when it was left, where it says so: CouchDB does, PouchDB does not
 */
record Checkpoint(String replicator, String session, DeviceKind kind, String lastSeq, Optional<Instant> recordedAt) {

    /** Anyone who may write to the database can leave a {@code _local} document of any size and content. */
    private static final int LONGEST = 2_000;

    private static final String PREFIX = "_local/";
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final String NOTHING = "0";

    /** Reads a {@code _local} document; empty where it is none, or one of the control plane's own. */
    static Optional<Checkpoint> of(LocalDocument document) {
        if (ReplicationId.ours(document.id())) {
            return Optional.empty();
        }
        return ReplicationLog.of(document.body())
                .map(log -> new Checkpoint(
                        document.id().substring(PREFIX.length()),
                        log.sessionId(),
                        DeviceKind.of(document.body()),
                        log.lastSeq(),
                        log.history().stream().findFirst().flatMap(newest -> time(newest.details()))))
                .filter(Checkpoint::isOfUsualSize);
    }

    /** Whether the sequence is a plain number, as PouchDB counts: CouchDB's are opaque, {@code 12-g1AAA…}. */
    boolean countsByItself() {
        return NUMBER.matcher(lastSeq).matches() && !lastSeq.equals(NOTHING);
    }

    /** Whether the sequence could be the shop's database's. */
    boolean mayBeOurs() {
        return !NUMBER.matcher(lastSeq).matches();
    }

    private boolean isOfUsualSize() {
        return replicator.length() + session.length() + lastSeq.length() <= LONGEST;
    }

    private static Optional<Instant> time(JsonNode session) {
        var text = session.path("end_time").textValue();
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
